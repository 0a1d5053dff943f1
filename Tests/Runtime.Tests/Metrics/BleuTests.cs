using Dlm.Runtime.Metrics;

namespace Dlm.Runtime.Tests.Metrics;

/// <summary>BLEU on the examples of Papineni et al. (2002), and of NLTK's documentation, whose figures are stated there.</summary>
public sealed class BleuTests
{
    private static readonly string[] Guide = Words("It is a guide to action which ensures that the military always obeys the commands of the party");

    private static readonly string[] Troops = Words("It is to insure the troops forever hearing the activity guidebook that party direct");

    private static readonly string[][] Guides =
    [
        Words("It is a guide to action that ensures that the military will forever heed Party commands"),
        Words("It is the guiding principle which guarantees the military forces always being under the command of the Party"),
        Words("It is the practical guide for the army always to heed the directions of the party"),
    ];

    [Fact]
    public void Of_a_sentence_it_is_what_the_paper_and_NLTK_say()
    {
        Bleu bleu = new();
        bleu.Add(Guide, Guides);
        Assert.Equal(17.0 / 18, bleu.Precision(1), 1e-12);
        Assert.Equal(10.0 / 17, bleu.Precision(2), 1e-12);
        Assert.Equal(0.5045666840058485, bleu.Score, 1e-12);

        Bleu worse = new();
        worse.Add(Troops, Guides);
        Assert.Equal(8.0 / 14, worse.Precision(1), 1e-12);
        Assert.Equal(1.0 / 13, worse.Precision(2), 1e-12);
        Assert.Equal(0, worse.Score);
    }

    [Fact]
    public void Of_a_corpus_runs_and_lengths_are_counted_together()
    {
        Bleu bleu = new();
        bleu.Add(Guide, Guides);
        bleu.Add(Words("he read the book because he was interested in world history"), Words("he was interested in world history because he read the book"));
        Assert.Equal(0.5920778868801042, bleu.Score, 1e-12);
    }

    [Fact]
    public void A_word_said_too_often_counts_as_often_as_a_reference_has_it()
    {
        Bleu bleu = new();
        bleu.Add(Words("the the the the the the the"), Words("The cat is on the mat".ToLowerInvariant()), Words("There is a cat on the mat"));
        Assert.Equal(2.0 / 7, bleu.Precision(1), 1e-12);
    }

    [Fact]
    public void Too_short_a_translation_is_punished()
    {
        Bleu bleu = new(order: 1);
        bleu.Add(Words("of the"), Guides);
        Assert.Equal(1, bleu.Precision(1));
        Assert.Equal(Math.Exp(1 - 16.0 / 2), bleu.Score, 1e-12); // the closest reference has 16 words

        Bleu perfect = new();
        perfect.Add(Guide, Guide);
        Assert.Equal(1, perfect.Score, 1e-12);
        Assert.Equal(0, new Bleu().Score);
        Assert.Throws<ArgumentException>(() => perfect.Add(Guide));
    }

    private static string[] Words(string text) => text.Split(' ');
}
