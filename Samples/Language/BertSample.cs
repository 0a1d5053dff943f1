using Dlm.Models.Language;
using Dlm.Runtime.Data.Text;
using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Training;
using static TorchSharp.torch;

namespace Dlm.Samples.Language;

/// <summary>BERT: masked words, and whether two halves belong to one sentence.</summary>
internal sealed class BertSample() : PretrainingSample("bert", "A small BERT reads film reviews, then learns from a few whether they are good.", epochs: 3)
{
    protected override string Body => "bert.";

    protected override (nn.Module, Func<Optimizer, Objective>, SentenceSource) ForPretraining(NetworkSize size, string[] texts, ITokenizer tokenizer, ulong seed)
    {
        BertForPreTraining network = new(size.Vocabulary, size.Width, size.Layers, size.Heads, size.Longest, std: size.Std);
        NextSentences data = new(Halves.Of(texts, Cuts, seed), tokenizer, size.Longest, seed);
        return (network, optimizer => new BertPreTraining(network, optimizer), new(data, data.Lengths));
    }

    protected override (nn.Module, Func<Optimizer, Objective>) ForTuning(NetworkSize size)
    {
        BertForSequenceClassification network = new(2, size.Vocabulary, size.Width, size.Layers, size.Heads, size.Longest, std: size.Std);
        return (network, optimizer => new BertFineTuning(network, optimizer));
    }
}
