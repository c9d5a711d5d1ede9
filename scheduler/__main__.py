"""``python -m scheduler`` is the command line."""

from scheduler.cli.app import main

if __name__ == "__main__":
    main()
