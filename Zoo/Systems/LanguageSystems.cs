using static Dlm.Zoo.HandWritten;

namespace Dlm.Zoo.Systems;

internal static class LanguageSystems
{
    public static IReadOnlyList<ZooSystem> All { get; } =
    [
        new("recurrent-lm", "Recurrent language model", "Language/RecurrentLanguageModel.dlm", ["LstmLanguageModel T=35", "SmallLstmLanguageModel T=35", "GruLanguageModel T=35"], ["charlm"])
        {
            Paper = "Hochreiter, Schmidhuber, *Long short-term memory*, 1997; Cho and others, 2014; Zaremba, Sutskever, Vinyals, *Recurrent neural network regularization*, 2014",
            About = "Stacked LSTM or GRU layers that say the next letter; the state is carried from call to call.",
            ByHand = [InPyTorch(43, "PyTorch's examples, word_language_model")],
            Reference = "language.py LstmLanguageModel GruLanguageModel",
        },
        new("tagger", "Bidirectional LSTM tagger", "Language/Tagger.dlm", ["LstmTagger T=32"], ["tagger"])
        {
            Paper = "Graves, Schmidhuber, *Framewise phoneme classification with bidirectional LSTM*, 2005",
            About = "Reads a sentence from both ends and labels every word.",
            Reference = "modules.py LstmTagger",
        },
        new("seq2seq", "Sequence to sequence", "Language/Seq2Seq.dlm", ["Seq2Seq S=32 T=32"], ["seq2seq"])
        {
            Paper = "Sutskever, Vinyals, Le, *Sequence to sequence learning with neural networks*, 2014",
            About = "One LSTM reads a sentence into its state, another writes from it.",
            Reference = "translation.py Seq2Seq",
        },
        new("bahdanau", "Attention of Bahdanau", "Language/Bahdanau.dlm", ["Bahdanau S=32 T=32"], ["bahdanau"])
        {
            Paper = "Bahdanau, Cho, Bengio, *Neural machine translation by jointly learning to align and translate*, 2015",
            About = "A bidirectional encoder, and an alignment model that says for each word written which ones to look at.",
            Reference = "translation.py Bahdanau",
        },
        new("luong", "Attention of Luong", "Language/Luong.dlm", ["LuongGlobal S=32 T=32", "LuongLocal S=32 T=32"], ["luong"])
        {
            Paper = "Luong, Pham, Manning, *Effective approaches to attention-based neural machine translation*, 2015",
            About = "Global attention with its three scores, local attention around a place that is predicted, input feeding.",
            Reference = "translation.py Luong",
        },
        new("transformer", "Transformer", "Language/Transformer.dlm", ["Transformer S=32 T=32", "TranslatorEncoder S=32", "TranslatorDecoder S=32 T=32"], ["transformer-copy", "transformer"])
        {
            Paper = "Vaswani and others, *Attention is all you need*, 2017",
            About = "The stack under the keys of `torch.nn.Transformer`, and the translator around it with embeddings, sinusoidal positions and a cache.",
            ByHand = [InPyTorch(513, "torch.nn.Transformer with MultiheadAttention"), InPyTorch(44, "PyTorch's examples, the model around nn.TransformerEncoder"), InTorchSharp(67, "TorchSharpExamples, SequenceToSequence.cs, around nn.TransformerEncoder")],
            Compared = 1,
        },
        new("gpt2", "GPT and GPT-2", "Language/Gpt2.dlm", ["Gpt2 T=1024 S=1024", "Gpt2Medium T=1024 S=1024", "Gpt2Large T=1024 S=1024", "Gpt2Xl T=1024 S=1024", "Gpt T=512 S=512"], ["gpt"])
        {
            Paper = "Radford and others, *Improving language understanding by generative pre-training*, 2018; *Language models are unsupervised multitask learners*, 2019",
            About = "The decoder alone, under the keys of the published weights, with a cache of keys and values: a token costs the same behind a long text as behind a short one.",
            ByHand = [InPyTorch(215, "nanoGPT, model.py")],
            Reference = "modules.py Gpt2 Gpt",
            Compared = 4,
        },
        new("bert", "BERT", "Language/Bert.dlm", ["Bert T=128", "BertLarge T=128", "BertForPreTraining T=128", "BertForSequenceClassification T=128"], ["bert"])
        {
            Paper = "Devlin, Chang, Lee, Toutanova, *BERT: pre-training of deep bidirectional transformers for language understanding*, 2018",
            About = "Under Hugging Face's keys: the encoder, pre-training on masked words and next sentences, and fine-tuning.",
            ByHand = [InPyTorch(137, "codertimo/BERT-pytorch, thirteen classes")],
            Reference = "bert.py Bert BertForPreTraining BertForSequenceClassification",
            Compared = 3,
        },
        new("albert", "ALBERT", "Language/Albert.dlm", ["AlbertForPreTraining T=128", "AlbertForSequenceClassification T=128", "Albert T=128"], ["albert"])
        {
            Paper = "Lan and others, *ALBERT: a lite BERT for self-supervised learning of language representations*, 2020",
            About = "All layers share their weights, and the embedding is factorised. In the minutes that its sample reads, that gains it nothing yet.",
            Reference = "bert.py Albert AlbertForPreTraining AlbertForSequenceClassification",
        },
        new("roberta", "RoBERTa", "Language/Roberta.dlm", ["RobertaForMaskedLM T=128", "RobertaForSequenceClassification T=128", "RobertaBase T=128"], ["roberta"])
        {
            Paper = "Liu and others, *RoBERTa: a robustly optimized BERT pretraining approach*, 2019",
            About = "BERT's network, trained longer, on words masked anew each time, without next sentences.",
            Reference = "bert.py RobertaForMaskedLM RobertaForSequenceClassification",
        },
        new("hierarchical-attention", "Hierarchical attention", "Language/HierarchicalAttention.dlm", ["HierarchicalAttention S=10 T=20"], ["hierarchical-attention"])
        {
            Paper = "Yang and others, *Hierarchical attention networks for document classification*, 2016",
            About = "Words make sentences, sentences a document, and attention says which ones mattered.",
            Reference = "hierarchical.py HierarchicalAttention",
        },
    ];
}
