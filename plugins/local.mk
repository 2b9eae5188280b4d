include plugins/smartinstall/local.mk
