"""The pages of the explorer: one module a page, with what it shows as a frozen dataclass and a function that renders it."""
