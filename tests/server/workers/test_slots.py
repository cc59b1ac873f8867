"""Slots are handed on in the order of asking, to threads and to coroutines, and none is lost."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest

from server.workers.slots import Slots


def free(slots: Slots) -> int:
    """Return how many slots can be taken, and leave them taken."""
    count = 0
    while slots.take():
        count += 1
    return count


def test_no_more_can_be_taken_than_there_are():
    slots = Slots(2, 10)
    assert [slots.take() for _ in range(3)] == [True, True, False]
    slots.give_back()
    assert free(slots) == 1


def test_who_waits_in_vain_takes_no_slot_with_it():
    slots = Slots(1, 10)
    assert slots.take()
    assert slots.wait(0.01) is False
    assert asyncio.run(slots.wait_async(0.01)) is False
    slots.give_back()
    assert free(slots) == 1


def test_a_free_slot_needs_no_waiting():
    assert Slots(1, 10).wait(0) is True
    assert asyncio.run(Slots(1, 10).wait_async(0)) is True


def test_slots_go_to_who_asked_first():
    slots, order = Slots(1, 10), []
    assert slots.take()

    def wait(number):
        assert slots.wait(10)
        order.append(number)
        slots.give_back()

    threads = []
    for number in range(5):
        threads.append(threading.Thread(target=wait, args=(number,)))
        threads[-1].start()
        while waiting(slots) <= number:
            time.sleep(0.001)
    assert slots.take() is False
    slots.give_back()
    for thread in threads:
        thread.join()
    assert order == [0, 1, 2, 3, 4]
    assert free(slots) == 1


def waiting(slots: Slots) -> int:
    return len(slots._waiting)


def test_as_many_wait_as_may():
    slots = Slots(1, 1)
    assert slots.take()
    thread = threading.Thread(target=slots.wait, args=(10,))
    assert not slots.full
    thread.start()
    while not slots.full:
        time.sleep(0.001)
    slots.give_back()
    thread.join()


@pytest.mark.parametrize("given", [False, True], ids=["still waiting", "already handed over"])
def test_a_cancelled_coroutine_leaves_no_slot_behind(given):
    slots = Slots(1, 10)
    assert slots.take()

    async def cancelled():
        task = asyncio.get_running_loop().create_task(slots.wait_async(10))
        await asyncio.sleep(0)
        if given:
            slots.give_back()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        if not given:
            slots.give_back()

    asyncio.run(cancelled())
    assert free(slots) == 1


def test_threads_and_coroutines_share_and_lose_nothing():
    slots = Slots(3, 1000)
    inside, most, lock = [], [], threading.Lock()

    def use():
        with lock:
            inside.append(1)
            most.append(len(inside))
        time.sleep(0.0005)
        with lock:
            inside.pop()
        slots.give_back()

    def thread():
        for _ in range(50):
            assert slots.wait(10)
            use()

    async def coroutine():
        for _ in range(50):
            assert await slots.wait_async(10)
            use()

    async def coroutines():
        await asyncio.gather(*(coroutine() for _ in range(4)))

    threads = [threading.Thread(target=thread) for _ in range(4)]
    for one in threads:
        one.start()
    asyncio.run(coroutines())
    for one in threads:
        one.join()
    assert max(most) <= 3
    assert free(slots) == 3
