"""How gunicorn serves Karjera where nothing else is said; it reads this file from the folder it is started in."""

# A query of 500 letters of Chinese is 4,500 bytes of an address. The application refuses 8,000, and says so.
limit_request_line = 8190
# What is being answered when a worker is told to end, may take so long.
graceful_timeout = 30
