"""The customers of this desk or of the team, found while one types (`book.customers`), and whom to call next
(`book.lists`).

`index` is what others ask; it holds a `table`, which `reading` fills with what `rows` makes of single records.
`letters` and `pinyin` say by what a name is found; `kept` is the copy on the disk for a quick start; `file` is one
customer whole. `lead_lists` takes lists in, `giving` gives a customer to an agent.
"""
