"""What lies inside archives, record by record."""
