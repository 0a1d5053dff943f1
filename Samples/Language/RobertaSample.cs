using Dlm.Models.Language;
using Dlm.Runtime.Data.Text;
using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Training;
using static TorchSharp.torch;

namespace Dlm.Samples.Language;

/// <summary>RoBERTa: whole sentences, of which other words are masked each time, and nothing else to guess.</summary>
internal sealed class RobertaSample() : PretrainingSample("roberta", "The same with RoBERTa, which guesses masked words alone.", epochs: 8)
{
    protected override string Body => "roberta.";

    protected override (nn.Module, Func<Optimizer, Objective>, SentenceSource) ForPretraining(NetworkSize size, string[] texts, ITokenizer tokenizer, ulong seed)
    {
        RobertaForMaskedLM network = new(size.Vocabulary, size.Width, size.Layers, size.Heads, size.Longest + 2, dropout: 0, std: size.Std);
        SentenceDataset data = new(texts, tokenizer, size.Longest);
        return (network, optimizer => new RobertaPreTraining(network, optimizer), new(data, data.Lengths));
    }

    protected override (nn.Module, Func<Optimizer, Objective>) ForTuning(NetworkSize size)
    {
        RobertaForSequenceClassification network = new(2, size.Vocabulary, size.Width, size.Layers, size.Heads, size.Longest + 2, std: size.Std);
        return (network, optimizer => new RobertaFineTuning(network, optimizer));
    }
}
