"""The book and the share (`book.sharing`): what is synced, and how a desk goes over to another team or key."""
