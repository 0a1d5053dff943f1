namespace Dlm.Samples.Language;

/// <summary>What counting words comes to, without their order: naive Bayes with one added to each count. The baseline of document classifiers.</summary>
internal sealed class WordCounts
{
    private readonly double[] _logOdds;

    private WordCounts(double[] logOdds) => _logOdds = logOdds;

    /// <summary>Counts the words of both classes.</summary>
    public static WordCounts Learn(ReviewDocuments documents, int vocabulary)
    {
        double[] good = new double[vocabulary], bad = new double[vocabulary];
        Array.Fill(good, 1);
        Array.Fill(bad, 1);
        for (int i = 0; i < documents.Count; i++)
        {
            foreach (int word in documents[i].Sentences.SelectMany(sentence => sentence)) (documents[i].Label == 1 ? good : bad)[word]++;
        }

        (double allGood, double allBad) = (good.Sum(), bad.Sum());
        return new WordCounts([.. good.Zip(bad, (g, b) => Math.Log(g / allGood) - Math.Log(b / allBad))]);
    }

    /// <summary>The share of documents whose class is found.</summary>
    public double Accuracy(ReviewDocuments documents) =>
        Enumerable.Range(0, (int)documents.Count).Average(i => documents[i].Sentences.Sum(sentence => sentence.Sum(word => _logOdds[word])) > 0 == (documents[i].Label == 1) ? 1.0 : 0);
}
