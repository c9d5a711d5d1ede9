"""The pages, a file for each: what was asked for is read, the core is asked, and a template shows the answer."""
