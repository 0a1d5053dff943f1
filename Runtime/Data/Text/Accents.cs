using System.Globalization;
using System.Text;

namespace Dlm.Runtime.Data.Text;

/// <summary>Takes accents off letters, as Unicode's canonical decomposition without its non-spacing marks does.</summary>
/// <remarks>
/// A table of its own, because <see cref="string.Normalize()"/> does nothing in programs that run without ICU: a text must become the
/// same tokens on every machine.
/// </remarks>
internal static class Accents
{
    // Each letter with those that are it with an accent.
    private const string Groups =
        "AÀÁÂÃÄÅĀĂĄǍǞǠǺȀȂȦḀẠẢẤẦẨẪẬẮẰẲẴẶÅ CÇĆĈĊČḈ EÈÉÊËĒĔĖĘĚȄȆȨḔḖḘḚḜẸẺẼẾỀỂỄỆ IÌÍÎÏĨĪĬĮİǏȈȊḬḮỈỊ NÑŃŅŇǸṄṆṈṊ " +
        "OÒÓÔÕÖŌŎŐƠǑǪǬȌȎȪȬȮȰṌṎṐṒỌỎỐỒỔỖỘỚỜỞỠỢ UÙÚÛÜŨŪŬŮŰŲƯǓǕǗǙǛȔȖṲṴṶṸṺỤỦỨỪỬỮỰ YÝŶŸȲẎỲỴỶỸ aàáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ cçćĉċčḉ " +
        "eèéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ iìíîïĩīĭįǐȉȋḭḯỉị nñńņňǹṅṇṉṋ oòóôõöōŏőơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợ " +
        "uùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự yýÿŷȳẏẙỳỵỷỹ DĎḊḌḎḐḒ dďḋḍḏḑḓ GĜĞĠĢǦǴḠ gĝğġģǧǵḡ HĤȞḢḤḦḨḪ hĥȟḣḥḧḩḫẖ JĴ jĵǰ KĶǨḰḲḴK kķǩḱḳḵ " +
        "LĹĻĽḶḸḺḼ lĺļľḷḹḻḽ RŔŖŘȐȒṘṚṜṞ rŕŗřȑȓṙṛṝṟ SŚŜŞŠȘṠṢṤṦṨ sśŝşšșṡṣṥṧṩ TŢŤȚṪṬṮṰ tţťțṫṭṯṱẗ WŴẀẂẄẆẈ wŵẁẃẅẇẉẘ ZŹŻŽẐẒẔ zźżžẑẓẕ ÆǢǼ " +
        "æǣǽ ƷǮ ʒǯ ØǾ øǿ ʹʹ \u003b\u037e \u00a8\u0385\u1fc1\u1fed\u1fee ΑΆἈἉἊἋἌἍἎἏᾈᾉᾊᾋᾌᾍᾎᾏᾸᾹᾺΆᾼ \u00b7\u0387 ΕΈἘἙἚἛἜἝῈΈ " +
        "ΗΉἨἩἪἫἬἭἮἯᾘᾙᾚᾛᾜᾝᾞᾟῊΉῌ ΙΊΪἸἹἺἻἼἽἾἿῘῙῚΊ ΟΌὈὉὊὋὌὍῸΌ ΥΎΫὙὛὝὟῨῩῪΎ ΩΏὨὩὪὫὬὭὮὯᾨᾩᾪᾫᾬᾭᾮᾯῺΏῼΩ ιΐίϊἰἱἲἳἴἵἶἷὶίιῐῑῒΐῖῗ " +
        "αάἀἁἂἃἄἅἆἇὰάᾀᾁᾂᾃᾄᾅᾆᾇᾰᾱᾲᾳᾴᾶᾷ εέἐἑἒἓἔἕὲέ ηήἠἡἢἣἤἥἦἧὴήᾐᾑᾒᾓᾔᾕᾖᾗῂῃῄῆῇ υΰϋύὐὑὒὓὔὕὖὗὺύῠῡῢΰῦῧ οόὀὁὂὃὄὅὸό " +
        "ωώὠὡὢὣὤὥὦὧὼώᾠᾡᾢᾣᾤᾥᾦᾧῲῳῴῶῷ ϒϓϔ ЕЀЁӖ ГЃ ІЇ КЌ ИЍЙӢӤ УЎӮӰӲ ийѝӣӥ еѐёӗ гѓ ії кќ уўӯӱӳ ѴѶ ѵѷ ЖӁӜ жӂӝ АӐӒ аӑӓ ӘӚ әӛ ЗӞ зӟ ОӦ " +
        "оӧ ӨӪ өӫ ЭӬ эӭ ЧӴ чӵ ЫӸ ыӹ \u0627\u0622\u0623\u0625 \u0648\u0624 \u064a\u0626 \u06d5\u06c0 \u06c1\u06c2 \u06d2\u06d3 नऩ " +
        "रऱ ळऴ कक़ खख़ गग़ जज़ डड़ ढढ़ फफ़ यय़ ডড় ঢঢ় যয় ਲਲ਼ ਸਸ਼ ਖਖ਼ ਗਗ਼ ਜਜ਼ ਫਫ਼ \u0b47\u0b48 ଡଡ଼ ଢଢ଼ \u0cd5\u0cc0\u0cc7 \u0cd6\u0cc8 " +
        "\u0cc2\u0cca \u0dd9\u0dda གགྷ ཌཌྷ དདྷ བབྷ ཛཛྷ ཀཀྵ ဥဦ \u1b35\u1b3b\u1b3d\u1b43 BḂḄḆ bḃḅḇ FḞ fḟ MḾṀṂ mḿṁṃ PṔṖ pṕṗ VṼṾ vṽṿ XẊẌ " +
        "xẋẍ ſẛ \u1fbf\u1fcd\u1fce\u1fcf \u1ffe\u1fdd\u1fde\u1fdf ρῤῥ ΡῬ \u0060\u1fef \u00b4\u1ffd \u2002\u2000 \u2003\u2001 " +
        "\u2190\u219a \u2192\u219b \u2194\u21ae \u21d0\u21cd \u21d4\u21ce \u21d2\u21cf \u2203\u2204 \u2208\u2209 \u220b\u220c " +
        "\u2223\u2224 \u2225\u2226 \u223c\u2241 \u2243\u2244 \u2245\u2247 \u2248\u2249 \u003d\u2260 \u2261\u2262 \u224d\u226d " +
        "\u003c\u226e \u003e\u226f \u2264\u2270 \u2265\u2271 \u2272\u2274 \u2273\u2275 \u2276\u2278 \u2277\u2279 \u227a\u2280 " +
        "\u227b\u2281 \u2282\u2284 \u2283\u2285 \u2286\u2288 \u2287\u2289 \u22a2\u22ac \u22a8\u22ad \u22a9\u22ae \u22ab\u22af " +
        "\u227c\u22e0 \u227d\u22e1 \u2291\u22e2 \u2292\u22e3 \u22b2\u22ea \u22b3\u22eb \u22b4\u22ec \u22b5\u22ed \u3008\u2329 " +
        "\u3009\u232a \u2add\u2adc かが きぎ くぐ けげ こご さざ しじ すず せぜ そぞ ただ ちぢ つづ てで とど はばぱ ひびぴ ふぶぷ へべぺ ほぼぽ うゔ ゝゞ カガ キギ クグ ケゲ コゴ サザ シジ " +
        "スズ セゼ ソゾ タダ チヂ ツヅ テデ トド ハバパ ヒビピ フブプ ヘベペ ホボポ ウヴ ワヷ ヰヸ ヱヹ ヲヺ ヽヾ \u05d9\ufb1d\ufb39 \u05f2\ufb1f " +
        "\u05e9\ufb2a\ufb2b\ufb2c\ufb2d\ufb49 \u05d0\ufb2e\ufb2f\ufb30 \u05d1\ufb31\ufb4c \u05d2\ufb32 \u05d3\ufb33 \u05d4\ufb34 " +
        "\u05d5\ufb35\ufb4b \u05d6\ufb36 \u05d8\ufb38 \u05da\ufb3a \u05db\ufb3b\ufb4d \u05dc\ufb3c \u05de\ufb3e \u05e0\ufb40 " +
        "\u05e1\ufb41 \u05e3\ufb43 \u05e4\ufb44\ufb4e \u05e6\ufb46 \u05e7\ufb47 \u05e8\ufb48 \u05ea\ufb4a";

    private const int FirstHangul = 0xAC00, LastHangul = 0xD7A3, Leading = 0x1100, Vowel = 0x1161, Trailing = 0x11A7, Vowels = 21, Trailings = 28;

    private static readonly Dictionary<Rune, Rune> Bare =
        Groups.Split(' ').SelectMany(group => group.Skip(1).Select(accented => (accented, group[0]))).ToDictionary(pair => new Rune(pair.accented), pair => new Rune(pair.Item2));

    /// <summary>Adds a letter without its accents to a text; a mark that stands alone is left out.</summary>
    public static void AppendBare(StringBuilder text, Rune letter)
    {
        if (letter.IsAscii) text.Append((char)letter.Value);
        else if (letter.Value is >= FirstHangul and <= LastHangul) AppendHangul(text, letter.Value - FirstHangul);
        else if (Bare.TryGetValue(letter, out Rune bare)) text.Append(bare);
        else if (Rune.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark) text.Append(letter);
    }

    // A syllable of Hangul is two or three letters, by arithmetic.
    private static void AppendHangul(StringBuilder text, int syllable)
    {
        text.Append((char)(Leading + syllable / (Vowels * Trailings))).Append((char)(Vowel + syllable / Trailings % Vowels));
        if (syllable % Trailings > 0) text.Append((char)(Trailing + syllable % Trailings));
    }
}
