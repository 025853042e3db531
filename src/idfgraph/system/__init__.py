"""The machine: files, locks, git, processes, the terminal, the files that ship."""
