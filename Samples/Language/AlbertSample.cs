using Dlm.Models.Language;
using Dlm.Runtime.Data.Text;
using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Training;
using static TorchSharp.torch;

namespace Dlm.Samples.Language;

/// <summary>ALBERT: one layer for all turns, narrow vectors of words; masked words, and whether two halves stand in their order.</summary>
internal sealed class AlbertSample() : PretrainingSample("albert", "The same with ALBERT, whose layers share their parameters.", epochs: 1)
{
    private const int Narrow = 4; // how much narrower the vectors of words are than the network

    protected override string Body => "albert.";

    protected override (nn.Module, Func<Optimizer, Objective>, SentenceSource) ForPretraining(NetworkSize size, string[] texts, ITokenizer tokenizer, ulong seed)
    {
        AlbertForPreTraining network = new(size.Vocabulary, size.Width, size.Layers, size.Heads, size.Width / Narrow, size.Longest, std: size.Std);
        SentenceOrder data = new(Halves.Of(texts, Cuts, seed), tokenizer, size.Longest, seed);
        return (network, optimizer => new AlbertPreTraining(network, optimizer), new(data, data.Lengths));
    }

    protected override (nn.Module, Func<Optimizer, Objective>) ForTuning(NetworkSize size)
    {
        AlbertForSequenceClassification network = new(2, size.Vocabulary, size.Width, size.Layers, size.Heads, size.Width / Narrow, size.Longest, std: size.Std);
        return (network, optimizer => new AlbertFineTuning(network, optimizer));
    }
}
