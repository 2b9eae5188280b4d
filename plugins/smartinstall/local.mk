# the inspector as a loadable object
