"""What browsers are sent of a script: everything but its comments and the spaces that it does not need."""

import pytest

from dreamtree.web.minify import Unclosed, minified

KEPT = [
    "const a={}\nconst b=2",
    "{while(a);}",
    "return\na",
    "a + +b - -c / d",
    "const a=\"it's // no comment\",b='/* nor this';",
    "const a='one \\\n   two';",
    "const a=`one // two\n   three`;",
    "const a=`one ${b?`/* ${c({d:`  }\n  `})} */`:{}} // two`;",
    "const a=`\\` ${`$`} \\${ $`;",
    "const a=/[/\"'`]\\/\\/ {2}x/g.test(b)?c / 2 / d:e;",
    "a.map((b)=>/`/.test(b)).filter(Boolean)/ 2;",
    "if(a){}\n/`/.test(b);",
    "return /'/.test(a);",
]
CHANGED = {
    "  const a = 1; // one `\n\n\n    const b = 2;\n": "const a=1;const b=2;",
    "/** What `a` is.\n * More. */\nconst a = 1;": "const a=1;",
    "a /* one */ + /* two */ b": "a + b",
    'for (const a of [1, 2]) if (!a) return { ...b, c: "d e" };': 'for(const a of[1,2])if(!a)return{...b,c:"d e"};',
    "if (a) { b; }": "if(a){b}",
    "return /* over\nlines */ a": "return\na",
    "if (a) {\n  b({\n    c,\n  });\n}\n[d]\n  .map(e)\n  || f\n(g)": "if(a){b({c});}\n[d].map(e)||f\n(g)",
    "a = `\n  ${  b // c\n  }  `": "a=`\n  ${ b\n}  `",
}


@pytest.mark.parametrize("script", KEPT)
def test_what_a_script_says_stays(script: str) -> None:
    assert minified(script) == script


@pytest.mark.parametrize("script", CHANGED)
def test_what_only_authors_read_goes(script: str) -> None:
    assert minified(script) == CHANGED[script]


@pytest.mark.parametrize("script", ["a = 'b", "a = `b", "a = `b ${c", "/* a", 'a = `${"}`'])
def test_a_text_without_an_end_is_refused(script: str) -> None:
    with pytest.raises(Unclosed):
        minified(script)
