"""Find that listed parties own the party of a query, by a file of stakes and each rule."""
