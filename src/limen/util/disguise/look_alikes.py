"""Letters of other scripts that look like a Latin one.

Written by tools/build_look_alikes.py. A letter, then its look-alikes: from Unicode's confusable
characters (Unicode License v3) in the form of confusable-homoglyphs (MIT licence).
"""

LOOK_ALIKES = {
    "A": "ΑАᎪᗅꓮ𐊠𖽀",
    "B": "ΒВᏴᗷꓐ𐊂𐊡𐌁",
    "C": "СᏟⲤꓚ𐊢𐌂𐐕𐔜",
    "D": "Ꭰᗞᗪꓓ",
    "E": "ΕЕᎬⴹꓰ𐊆𑢦𑢮",
    "F": "Ϝᖴꓝ𐊇𐊥𐔥𑢢𑣂",
    "G": "ԌᏀᏳꓖ",
    "H": "ΗНᎻᕼⲎꓧ𐋏",
    "I": "ΙІꓲ𐌉",
    "J": "ͿЈᎫᒍꓙ",
    "K": "ΚКᏦᛕⲔꓗ𐔘",
    "L": "ᏞᒪⳐꓡ𐐛𐔦𑢣𑢲𖼖",
    "M": "ΜϺМᎷᗰᛖⲘꓟ𐊰𐌑",
    "N": "ΝⲚꓠ𐔓",
    "O": "ΟОՕଠዐⲞⵔꓳ𐊒𐊫𐐄𐓂𐔖𑢵",
    "P": "ΡРᏢᑭⲢꓑ𐊕",
    "Q": "ⵕ",
    "R": "ᎡᏒᖇꓣ𐒴𖼵",
    "S": "ЅՏᏕᏚꓢ𐊖𐐠𖼺",
    "T": "ΤТᎢⲦꓔ𐊗𐊱𐌕𑢼𖼊",
    "U": "Սሀᑌꓴ𐓎𑢸𖽂",
    "V": "ѴᏙᐯⴸꓦꛟ𐔝𑢠𖼈",
    "W": "ԜᎳᏔꓪ",
    "X": "ΧХᚷⲬⵝꓫ𐊐𐊴𐌗𐔧",
    "Y": "ΥУҮᎩᎽⲨꓬ𐊲𑢤𖽃",
    "Z": "ΖᏃꓜ𑢩",
    "a": "αа",
    "b": "ЬᏏᑲᖯ",
    "c": "сⲥꮯ𐐽",
    "d": "ԁᏧᑯꓒ",
    "e": "еҽ",
    "f": "ք",
    "g": "ց",
    "h": "нһհᏂ",
    "i": "ιіᎥꙇꭵ𑣃",
    "j": "ϳј",
    "k": "к",
    "l": "ӀӏᛁⲒⵏ𐊊𖼨",
    "m": "м",
    "n": "ոռ",
    "o": "οσоօഠဝჿⲟ𐐬𐓪𑣈𑣗",
    "p": "ρрⲣ",
    "q": "ԛգզ",
    "r": "гᴦⲅꮁ",
    "s": "ѕꮪ𐑈𑣁",
    "t": "т",
    "u": "υս𐓶𑣘",
    "v": "νѵꮩ𑜆𑣀",
    "w": "ѡԝաꮃ𑜊𑜎𑜏",
    "x": "χхᕁᕽ",
    "y": "γуүყ𑣜",
    "z": "ꮓ𑣄",
}

#: All of them, for patterns; and as a table for ``str.translate``.
LETTERS = "".join(LOOK_ALIKES.values())
TO_LATIN = {ord(char): latin for latin, chars in LOOK_ALIKES.items() for char in chars}
