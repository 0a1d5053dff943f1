"""How the papers' algorithms, written down plainly, cut sample.txt, as JSON of numbers: the reference of the tokenizers' tests.

Byte-pair encoding after Sennrich et al. (2016) with the bytes and the pattern of GPT-2, word pieces after BERT. Prints to standard output:
    python3 text.py > text.json
"""
import collections
import json
import pathlib
import re
import unicodedata

TEXT = pathlib.Path(__file__).with_name("sample.txt").read_text(encoding="utf-8")
RESERVED = ["[PAD]", "[UNK]", "[SEP]", "[CLS]", "[MASK]", "[NUM]"]


def byte_letters():
    printable = [b for b in range(256) if 33 <= b <= 126 or 161 <= b <= 172 or 174 <= b <= 255]
    letters = {b: chr(b) for b in printable}
    for n, b in enumerate(b for b in range(256) if b not in letters):
        letters[b] = chr(256 + n)
    return [letters[b] for b in range(256)]


def gpt2_words(text):
    """GPT-2's pattern, applied to a text of classes as re knows no \\p{L}."""
    def kind(c):
        if c == " " or c.isspace() and c not in "\x1c\x1d\x1e\x1f":
            return " " if c == " " else "b"
        return {"L": "l", "N": "n"}.get(unicodedata.category(c)[0], "s")

    kinds = "".join(map(kind, text))
    words, at = [], 0
    while at < len(text):
        m = re.compile("'s|'t|'re|'ve|'m|'ll|'d").match(text, at) or re.compile("(?: ?l+)|(?: ?n+)|(?: ?s+)|[ b]+(?![^ b])|[ b]+").match(kinds, at)
        words.append(text[at:m.end()])
        at = m.end()
    return words


def join(row, pair, both):
    result, i = [], 0
    while i < len(row):
        if row[i:i + 2] == list(pair):
            result.append(both)
            i += 2
        else:
            result.append(row[i])
            i += 1
    return result


def learn(rows, entries, size, least, name):
    """Joins the commonest pair until there are size entries; of equally common ones that of the oldest entries."""
    merges = []
    while len(entries) < size:
        counts = collections.Counter()
        for row, n in rows:
            for a, b in zip(row, row[1:]):
                counts[a, b] += n
        best = min(counts, key=lambda p: (-counts[p], entries.index(p[0]), entries.index(p[1])), default=None)
        if best is None or counts[best] < least:
            break
        both = name(*best)
        merges.append(best)
        if both not in entries:
            entries.append(both)
        rows = [(join(row, best, both), n) for row, n in rows]
    return merges


def byte_pairs(size):
    letters = byte_letters()
    spell = lambda word: [letters[b] for b in word.encode()]
    entries = RESERVED + letters
    merges = learn([(spell(w), n) for w, n in collections.Counter(gpt2_words(TEXT)).items()], entries, size, 2, str.__add__)
    numbers = []
    for word in gpt2_words(TEXT):
        row = spell(word)
        for pair in merges:
            row = join(row, pair, "".join(pair))
        numbers += [entries.index(piece) for piece in row]
    return {"merges": [entries.index(e) for pair in merges for e in pair], "numbers": numbers, "entries": [len(entries)]}


def bert_words(text, lower):
    """BERT's BasicTokenizer: clean, blanks around Chinese, lower and without accents, split at punctuation."""
    def control(c):
        return c in "\0�" or unicodedata.category(c).startswith("C") and c not in "\t\n\r"

    def chinese(c):
        return any(a <= ord(c) <= b for a, b in [(0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0xF900, 0xFAFF)])

    def punctuation(c):
        return 33 <= ord(c) <= 47 or 58 <= ord(c) <= 64 or 91 <= ord(c) <= 96 or 123 <= ord(c) <= 126 or unicodedata.category(c).startswith("P")

    text = "".join(f" {c} " if chinese(c) else c for c in text if not control(c))
    words = []
    for word in text.split():
        if lower:
            word = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(c) != "Mn")
        words += "".join(f" {c} " if punctuation(c) else c for c in word).split()
    return words


def spell_inside(word):
    return [word[0]] + ["##" + c for c in word[1:]]


def word_pieces(size):
    words = collections.Counter(bert_words(TEXT, True))
    # By UTF-16 units, as .NET orders; it differs for what lies beyond the first plane.
    entries = RESERVED + sorted({piece for word in words for piece in spell_inside(word)}, key=lambda s: s.encode("utf-16-be"))
    learn([(spell_inside(w), n) for w, n in words.items()], entries, size, 2, lambda a, b: a + b[2:])
    numbers = []
    for word in bert_words(TEXT + " unwidest xyzäß fablest 猫", True):
        row, start = [], 0
        while start < len(word):
            end = next((e for e in range(len(word), start, -1) if ("##" if start else "") + word[start:e] in entries), None)
            if end is None:
                row = ["[UNK]"]
                break
            row.append(("##" if start else "") + word[start:end])
            start = end
        numbers += [entries.index(piece) for piece in row]
    return {"numbers": numbers, "entries": [len(entries)]}


def points(words):
    return [ord(c) for c in "\n".join(words)]


print(json.dumps({
    "gpt2 words": points(w.replace("\n", "␤") for w in gpt2_words(TEXT)),
    "byte pairs": byte_pairs(500),
    "bert words lower": points(bert_words(TEXT, True)),
    "bert words": points(bert_words(TEXT, False)),
    "word pieces": word_pieces(300),
}))
