# pcaps
