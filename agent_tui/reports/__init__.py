"""The books on paper: the handbook's two forms and the month's papers, as XLSX or CSV."""
