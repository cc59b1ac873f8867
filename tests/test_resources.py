"""What the garbage collector is told."""

from __future__ import annotations

import gc

from kg.resources import loading_for_good


def test_the_garbage_collector_leaves_what_is_loaded_for_good_alone_and_goes_on():
    try:
        with loading_for_good():
            loaded = [[]]
            assert not gc.isenabled()
        assert gc.isenabled()
        assert not any(found is loaded for found in gc.get_objects())
    finally:
        gc.unfreeze()
