"""Values of an intervention as plain data, by the names of their properties."""

from collections.abc import Mapping, Sequence

#: A value: one word, several, texts by language (or an amount and its currency), or several parts.
Value = str | list[str] | dict[str, str] | list[dict[str, str]]


class Values(dict[str, Value]):
    """What is known of an intervention, in the form of a record; what is not known is absent."""

    def word(self, name: str) -> str:
        """The one word of a property; empty where it has none.

        >>> Values(status="active").word("status"), Values().word("status")
        ('active', '')
        """
        value = self.get(name)
        return value if isinstance(value, str) else ""

    def words(self, name: str) -> Sequence[str]:
        """The words of a property, be they one or several.

        >>> Values(startYear="2003").words("startYear"), Values(beneficiary=["ALB"]).words("status")
        (['2003'], [])
        """
        return words_of(self.get(name))

    def texts_of(self, name: str) -> Mapping[str, str]:
        """The texts of a property by language; of an amount, its value and currency."""
        value = self.get(name)
        return value if isinstance(value, dict) else {}

    def parts(self, name: str) -> Sequence[Mapping[str, str]]:
        """The parts of a property: partners, outcomes."""
        return parts_of(self.get(name))


def joined(known: Value | None, further: list[str] | list[dict[str, str]]) -> Value:
    """A list of values with further ones, in order.

    >>> joined(["b"], ["a"])
    ['a', 'b']
    """
    words = [*words_of(known), *words_of(further)]
    parts = [*parts_of(known), *parts_of(further)]
    return sorted(words) if words else sorted(parts, key=str)


def parts_of(value: Value | None) -> list[dict[str, str]]:
    """The parts of a value that has parts."""
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []


def words_of(value: Value | None) -> Sequence[str]:
    """The words of a value, be they one or several."""
    if isinstance(value, str):
        return [value]
    return [word for word in value if isinstance(word, str)] if isinstance(value, list) else []
