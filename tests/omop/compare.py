"""Whether answers of `crit eval` agree, patient by patient. usage: compare.py FILE FILE...

Lines of one format in each; their order says nothing. Prints how many agree, or the first that do not.
"""
import re
import sys


def lines_of(path):
    """Without the places of mistakes, which are in one database or another, and what only files can count."""
    beside = r'"where": "[^"]*"|"not_mapped": \{[^}]*\}'
    with open(path) as file:
        return sorted(re.sub(beside, "", line).rstrip("\n") for line in file if line.strip())


def main(first, *others):
    expected = lines_of(first)
    for path in others:
        lines = lines_of(path)
        for mine, its in zip(expected, lines):
            if mine != its:
                sys.exit(f"{first} and {path} do not agree:\n  {mine}\n  {its}")
        if len(lines) != len(expected):
            sys.exit(f"{first} has {len(expected)} lines and {path} {len(lines)}")
    print(f"{len(expected)} lines agree")


if __name__ == "__main__":
    main(*sys.argv[1:])
