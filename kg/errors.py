"""Everything that Lagebild raises on purpose.

::

    LagebildError                 one line that names the thing and the remedy
    ├── UsageError                the call is wrong (exit status 2)
    ├── InputError                an article that can't be read (exit status 1, the rest goes on)
    ├── ResourceError             a file of the package is missing or empty: the installation is broken
    ├── StoreError                the store can't be opened, read or written
    │   └── StoreLockedError      another process is writing into it
    ├── ServiceError              a service on the network gives no answer, or one that can't be believed
    └── ValidationUnavailableError  could not be checked, which is not the same as "does not conform"
"""


class LagebildError(Exception):
    """Base of all; ``str()`` is one line that names the thing and says what to do."""


class UsageError(LagebildError):
    """The call is wrong: unknown option value, no input, a path that can't be what it is given for."""


class InputError(LagebildError):
    """One article that can't be read; the others are built."""


class ResourceError(LagebildError):
    """A file that the package ships is missing, empty or broken."""


class StoreError(LagebildError):
    """The store can't be opened, read or written."""


class StoreLockedError(StoreError):
    """Another process has the store open for writing."""


class ServiceError(LagebildError):
    """A service on the network gives no answer, or one that can't be believed; nothing was written."""


class ValidationUnavailableError(LagebildError):
    """The graph could not be checked at all; says nothing about whether it conforms."""
