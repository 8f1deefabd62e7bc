"""Prices in any spelling, with and without a currency; and numbers that are none."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from fte.domain.channels import Channel
from fte.domain.policy import Reply, broken_rules, violations

SMALL = ("one", "two", "three", "seven", "twelve", "nineteen", "twenty", "forty-nine", "ninety nine")
ALLOWED = (
    "Open Settings, then choose Export.",
    "Up to 1,000 tasks fit in a project on Free.",
    "The Price field takes numbers.",
    "1. Open the menu.\n2. Choose Billing.",
    "You can have 25 guests and 10 GB.",
)
SIGNS = "$\u20ac\u00a3\u00a5\u20b9\u20bd\u20a9\uff04\ufe69"
HIDDEN = ("\u200b", "\u200d", "\u2060", "\u00ad", "\ufeff", "\u202e", "\u2066", "\u034f", "\ufe0f")
CURRENCIES = (
    "USD",
    "EUR",
    "GBP",
    "CHF",
    "dollars",
    "euros",
    "pounds",
    "Euro",
    "US dollars",
    "bucks",
    "\u0435uros",
    "cents",
)
PERIODS = ("per user per month", "/user/month", "per seat / year", "a user a month", "per member, per month")


def in_digits(style: int, number: int) -> str:
    """`number` in one of the ways in which digits are written."""
    text = (str(number), f"{number:,}", f"{number}.00", f"{number},50", f"{number:,}.99".replace(",", " "))[style % 5]
    scripts = (
        "0123456789",
        "\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669",
        "\uff10\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19",
        "\u0966\u0967\u0968\u0969\u096a\u096b\u096c\u096d\u096e\u096f",
    )
    return text.translate(str.maketrans("0123456789", scripts[style // 5 % 4]))


numbers = st.builds(in_digits, st.integers(0, 19), st.integers(1, 99_999))
amounts = numbers | st.sampled_from(SMALL).map(str) | st.sampled_from(SMALL).map(str.upper)
spaces = st.sampled_from(("", " ", "\u00a0", "\u202f", "\n", "  "))
prices = st.one_of(
    st.tuples(st.sampled_from(SIGNS), spaces, numbers).map("".join),
    st.tuples(numbers, spaces, st.sampled_from(SIGNS)).map("".join),
    st.tuples(amounts, st.sampled_from((" ", "\u00a0", "\n")), st.sampled_from(CURRENCIES)).map("".join),
    st.tuples(st.sampled_from(CURRENCIES[:4]), spaces, numbers).map("".join),
    st.tuples(amounts, st.just(" "), st.sampled_from(PERIODS)).map("".join),
    st.tuples(st.sampled_from(("It costs ", "the price is ", "You pay only ", "for just ")), numbers).map("".join),
)


def with_hidden(price: str, where: int, what: str) -> str:
    """`price` with a character in it that nobody sees."""
    at = where % (len(price) + 1)
    return price[:at] + what + price[at:]


hidden = st.builds(with_hidden, prices, st.integers(0, 40), st.sampled_from(HIDDEN))


@given(prices | hidden, st.sampled_from(ALLOWED), st.sampled_from(ALLOWED), st.sampled_from(list(Channel)))
@settings(deadline=None)
def test_no_price_passes(price: str, before: str, after: str, channel: Channel) -> None:
    """Whatever the number, the currency, the script and what is hidden between its characters."""
    assert "price" in violations(Reply(channel, (f"{before} {price}. {after}",))), price


@given(prices, st.integers(1, 40))
@settings(deadline=None)
def test_a_price_cut_in_two_by_the_end_of_a_part_does_not_pass(price: str, cut: int) -> None:
    """Parts are read as one text; a cut between words hides nothing."""
    words = f"Here it is: {price} for you.".split(" ")
    parts = (" ".join(words[: cut % len(words)]), " ".join(words[cut % len(words) :]))
    assert "price" in violations(Reply(Channel.WHATSAPP, parts)), parts


PLANS = ("Team", "Business", "Enterprise")
PEOPLE = ("seat", "user", "person", "member", "head")
LIMITED = ("guests", "projects", "members", "labels", "webhooks", "automation rules", "custom fields", "saved views")

plain = st.integers(2, 999).map(str)
spelled = st.sampled_from(
    ("eight", "fifteen", "twenty", "twenty-five", "thirty five", "a hundred", "two hundred and ten")
)
either = plain | spelled | st.builds(in_digits, st.integers(0, 19), st.integers(2, 9_999))
plans = st.sampled_from(PLANS)
people = st.sampled_from(PEOPLE)
gaps = st.sampled_from((" ", "\u00a0", "\u202f", "\n"))
per = st.builds(
    "{} {}{}".format,
    st.sampled_from(("per", "a", "for each", "for every")),
    people,
    st.sampled_from(("", " per month", " a month", " each month", ", monthly", " and month")),
) | st.builds("/{}/{}".format, people, st.sampled_from(("month", "mo", "year")))
without_currency = st.one_of(
    st.builds(
        "{}{} {}, {}{} {}.".format,
        plans,
        st.sampled_from((":", " -", " is", " at", " \u2013", " costs", " @")),
        either,
        plans,
        st.sampled_from((":", " -", " is", " at", " \u2013")),
        either,
    ),
    st.builds("{} ({}), {} ({})".format, plans, either, plans, either),
    st.builds(
        "The {} {} is{}{} {}".format,
        plans,
        st.sampled_from(("one", "plan", "tier")),
        gaps,
        either,
        st.sampled_from(("a head", "apiece", "per seat", "for each person", "a month", "monthly", "each")),
    ),
    st.builds("{}{}{}".format, either, gaps, per),
    st.builds(
        "{} {} to {} {}".format,
        st.sampled_from(("It is", "Anything from", "You pay", "Plans are")),
        either,
        either,
        per,
    ),
    st.builds("between {} and {} {}".format, either, either, per),
    st.builds("{}\u2013{}\u00a0{}".format, plain, plain, per),
    st.builds("{} for {}, {} for {}".format, either, plans, either, plans),
    st.builds("{} starts {} {}.".format, plans, st.sampled_from(("at", "from", "around", "at about")), either),
    st.builds(
        "{}:{}{}".format,
        st.sampled_from(("Price", "Monthly fee", "Cost per seat", "Annual billing")),
        st.sampled_from((" ", "\u00a0")),
        either,
    ),
    st.builds(
        "The {} {} {}.".format,
        st.sampled_from(("price", "fee", "invoice", "total", "renewal")),
        st.sampled_from(("is", "comes to", "will be", "would be", "is about")),
        either,
    ),
    st.builds("{} {} come to {} a month.".format, plain, st.sampled_from(("seats", "people", "users")), either),
    st.builds("You {} {}{}.".format, st.sampled_from(("pay", "owe", "were charged", "would pay about")), gaps, either),
    st.builds("{}{}{}".format, st.sampled_from(("CHF", "AUD", "SEK", "NOK", "PLN", "Rs.", "kr", "INR")), gaps, plain),
    st.builds(
        "{} {}".format, either, st.sampled_from(("quid", "bucks", "grand", "francs", "rupees", "zloty", "US dollars"))
    ),
    st.builds("{}k {}".format, st.integers(1, 99), st.sampled_from(("a year", "per year", "annually", "/ year"))),
)
"""What is a price because of what stands around it."""

harmless = st.one_of(
    st.builds("Up to {} {} on {}.".format, plain, st.sampled_from(LIMITED), plans),
    st.builds("{}: {} {}.".format, plans, plain, st.sampled_from(LIMITED)),
    st.builds("Free has 3 {}, {} {} and {} {}.".format, st.sampled_from(LIMITED), plans, plain, plans, plain),
    st.builds(
        "{0} per plan:\n- Team: {1}\n- Business: {2}".format, st.sampled_from(LIMITED).map(str.capitalize), plain, plain
    ),
    st.builds("A file may have {} MB on {}.".format, plain, plans),
    st.builds("{} allows {} requests a minute for each token.".format, plans, plain),
    st.builds(
        "It happened on 2026-{:02}-{:02} at {:02}:{:02} UTC.".format,
        st.integers(1, 12),
        st.integers(1, 28),
        st.integers(0, 23),
        st.integers(0, 59),
    ),
    st.builds("Version {}.{} of the app is needed.".format, st.integers(1, 20), st.integers(0, 20)),
    st.builds("Deleted tasks stay in the Trash for {} days.".format, plain),
    st.builds("The link is valid for {} minutes.".format, plain),
    st.builds("Choose {} in the field Estimate.".format, plain),
    st.builds("{} of {} tasks are done, which is {} %.".format, plain, plain, st.integers(1, 99)),
)
"""Numbers of the product's limits, dates, versions, hours."""


@given(without_currency, st.sampled_from(ALLOWED), st.sampled_from(ALLOWED), st.sampled_from(list(Channel)))
@settings(deadline=None, max_examples=400)
def test_no_price_without_a_currency_passes(price: str, before: str, after: str, channel: Channel) -> None:
    """Beside a plan, a seat, a bill or a period a bare number is a price."""
    assert "price" in violations(Reply(channel, (f"{before} {price}. {after}",))), price


@given(harmless, harmless)
@settings(deadline=None, max_examples=300)
def test_a_number_of_the_product_passes(one: str, other: str) -> None:
    """Else every answer about limits would go to people."""
    assert broken_rules(Reply(Channel.WEBFORM, (f"Hello Ann,\n\n{one}\n\n{other}\n\nBest regards",))) == ()
