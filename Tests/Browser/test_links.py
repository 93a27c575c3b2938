"""Whatever a page links to is there, for whoever sees the link."""
import re
import urllib.error
import urllib.parse
import urllib.request

import pytest

PAGES_MAX = 400
ACCOUNTS = ["steward", "cdo", "reviewer", "security", "auditor", "administrator", "consumer", "county-cdo", "leader"]


def links(html):
    for match in re.finditer(r'(?:href|hx-get)="(/[^"#]*)', html):
        yield match.group(1).replace("&amp;", "&")


def crawl(base, token):
    waiting, seen, broken = ["/"], set(), []
    while waiting and len(seen) < PAGES_MAX:
        path = waiting.pop()
        # One page of a list stands for the others; files and answers for programs are not pages.
        shape = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "ID", urllib.parse.urlsplit(path).path)
        if shape in seen or shape.startswith(("/assets/", "/api/")) or shape == "/sign-out":
            continue
        seen.add(shape)
        headers = {"Accept": "text/html"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        try:
            with urllib.request.urlopen(urllib.request.Request(base + path, headers=headers), timeout=20) as answer:
                if "text/html" in answer.headers.get("Content-Type", ""):
                    waiting.extend(links(answer.read().decode()))
        except urllib.error.HTTPError as error:
            broken.append(f"{error.code} {path}")
    return seen, broken


@pytest.mark.parametrize("name", ACCOUNTS)
def test_every_link_that_is_shown_leads_somewhere(node, name):
    tokens = {account["account"]: account["token"] for account in node.accounts()}
    seen, broken = crawl(node.base, tokens[name])
    assert len(seen) > 3
    assert broken == [], '\n'.join(broken)


def test_the_public_finds_no_dead_link(node):
    seen, broken = crawl(node.base, None)
    assert len(seen) > 2
    assert broken == [], '\n'.join(broken)
