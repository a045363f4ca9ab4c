"""The job sites that JobSpy scrapes, behind one HTTP call with a contract of its own (../contract/)."""
