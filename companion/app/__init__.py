"""What exists once per running program: main, single instance, tray, crash file, logs."""
