"""The commands of `python -m reports`, each in the module of its name; nobody imports one."""
