"""RESOLVE: one event over many articles, copies counted once, who held what when."""
