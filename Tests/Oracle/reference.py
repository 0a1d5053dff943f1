"""Writes the references: what a model of the zoo must reproduce, computed by PyTorch.

    apt-get install python3-torch python3-torchvision
    /usr/bin/python3 Tests/Oracle/reference.py                 all of them, into references/
    /usr/bin/python3 Tests/Oracle/reference.py alexnet         one
    /usr/bin/python3 Tests/Oracle/reference.py --into FOLDER   elsewhere

A reference holds the number of parameters, the state (key -> shape, in the order of state_dict), the inputs' shapes, and the output in
eval mode, where every entry of the state is fill.parameter(key, shape) and every input fill.tensor("input", shape, 2.0): its shape,
its first 16 values, mean, L2 norm, and its inner product with u("probe"); of several outputs, the first, and the others. No output where it is beyond float32: with these values each
residual block adds to what flows, and of six hundred in a row nothing finite is left.
"""
import argparse
import hashlib
import json
import os

import torch
import torchvision.models as vision
from torchvision.models.resnet import BasicBlock, Bottleneck

import bert
import embedding
import fill
import generative
import hierarchical
import imagenet
import language
import memory
import modules
import reinforcement
import selfsupervised
import translation


def image(channels, height, width):
    return fill.tensor("input", [2, channels, height, width], 2.0)


def words(batch, length, vocab):
    return integers("input", vocab, batch, length)


def integers(key, below, *shape):
    tensor = fill.integers(key, shape, below)
    tensor.below = below
    return tensor


def truths(key, *shape):
    tensor = fill.integers(key, shape, 2).bool()
    tensor.below = -1
    return tensor


def present(key, *shape):
    tensor = fill.present(key, shape)
    tensor.below = -2
    return tensor


def vectors(key, *shape):
    return fill.tensor(key, shape, 2.0)


# A line a model: what makes it, and what flows in.
REFERENCES = {
    "actor_critic": (reinforcement.CartPoleActorCritic, vectors("input", 3, 4)),
    "albert": (lambda: bert.Albert(100, 64, 3, 4, 16, 32), integers("input", 100, 2, 11), integers("input2", 2, 2, 11), truths("input3", 2, 11)),
    "albert_for_pre_training": (lambda: bert.AlbertForPreTraining(100, 64, 3, 4, 16, 32), integers("input", 100, 2, 11), integers("input2", 2, 2, 11), truths("input3", 2, 11)),
    "albert_for_sequence_classification": (lambda: bert.AlbertForSequenceClassification(3, 100, 64, 3, 4, 16, 32), integers("input", 100, 2, 11), integers("input2", 2, 2, 11), truths("input3", 2, 11)),
    "adaptive_parity": (memory.AdaptiveParity, vectors("input", 3, 64)),
    "adaptive_rnn": (memory.AdaptiveRnn, vectors("input", 2, 5, 10)),
    "alexnet": (vision.alexnet, image(3, 224, 224)),
    "alexnet2012": (imagenet.AlexNet2012, image(3, 227, 227)),
    "atari_actor_critic": (reinforcement.AtariActorCritic, image(4, 84, 84)),
    "autoencoder": (generative.Autoencoder, image(1, 28, 28)),
    "bahdanau": (lambda: translation.Bahdanau(100, 90, 12, 16, 10), words(2, 9, 100), integers("input2", 90, 2, 7), truths("input3", 2, 9)),
    "bert": (lambda: bert.Bert(100, 64, 2, 4, 32), integers("input", 100, 2, 11), integers("input2", 2, 2, 11), truths("input3", 2, 11)),
    "bert_for_pre_training": (lambda: bert.BertForPreTraining(100, 64, 2, 4, 32), integers("input", 100, 2, 11), integers("input2", 2, 2, 11), truths("input3", 2, 11)),
    "bert_for_sequence_classification": (lambda: bert.BertForSequenceClassification(3, 100, 64, 2, 4, 32), integers("input", 100, 2, 11), integers("input2", 2, 2, 11), truths("input3", 2, 11)),
    "cbow": (embedding.Cbow, integers("input", 10_000, 3, 8), integers("input2", 10_000, 3, 6), truths("input3", 3, 8)),
    "cifar_resnet20": (lambda: modules.CifarResNet(3), image(3, 32, 32)),
    "cifar_resnet32": (lambda: modules.CifarResNet(5), image(3, 32, 32)),
    "cifar_resnet44": (lambda: modules.CifarResNet(7), image(3, 32, 32)),
    "cifar_resnet56": (lambda: modules.CifarResNet(9), image(3, 32, 32)),
    "cifar_resnet110": (lambda: modules.CifarResNet(18), image(3, 32, 32)),
    "cifar_resnet1202": (lambda: modules.CifarResNet(200), image(3, 32, 32)),
    "cycle_gan_generator": (generative.CycleGanGenerator, image(3, 16, 24)),
    "dcgan_discriminator": (generative.DcganDiscriminator, image(3, 64, 64)),
    "dcgan_discriminator_32": (generative.DcganDiscriminator32, image(1, 32, 32)),
    "dcgan_generator": (generative.DcganGenerator, image(100, 1, 1)),
    "dcgan_generator_32": (generative.DcganGenerator32, image(100, 1, 1)),
    "deep_q_network": (modules.DeepQNetwork, image(4, 84, 84)),
    "deep_q_network_2013": (modules.DeepQNetwork2013, image(4, 84, 84)),
    "densenet121": (vision.densenet121, image(3, 64, 64)),
    "densenet169": (vision.densenet169, image(3, 64, 64)),
    "densenet201": (vision.densenet201, image(3, 64, 64)),
    "dueling_deep_q_network": (reinforcement.DuelingDeepQNetwork, image(4, 84, 84)),
    "dueling_pixel_q_network": (reinforcement.DuelingPixelQNetwork, image(1, 24, 24)),
    "gan_discriminator": (generative.GanDiscriminator, image(1, 28, 28)),
    "gan_generator": (generative.GanGenerator, vectors("input", 2, 100)),
    "googlenet": (imagenet.GoogLeNet, image(3, 224, 224)),
    "gpt": (lambda: modules.Gpt(100, 32, 64, 2, 4), words(2, 11, 100)),
    "gpt2": (lambda: modules.Gpt2(100, 32, 64, 2, 4), words(2, 11, 100)),
    "gru_language_model": (lambda: language.GruLanguageModel(100, 24), words(2, 9, 100), vectors("input2", 2, 2, 24)),
    "hierarchical_attention": (lambda: hierarchical.HierarchicalAttention(5, 100, 12, 8), integers("input", 100, 3, 4, 6), present("input2", 3, 4, 6)),
    "highway": (modules.Highway, image(1, 28, 28)),
    "inception_v3": (imagenet.InceptionV3, image(3, 299, 299)),
    "lenet5": (modules.LeNet5, image(1, 28, 28)),
    "logistic_regression": (modules.LogisticRegression, image(1, 28, 28)),
    "lstm_language_model": (lambda: language.LstmLanguageModel(100, 24), words(2, 9, 100), vectors("input2", 2, 2, 24), vectors("input3", 2, 2, 24)),
    "lstm_language_model_small": (lambda: language.LstmLanguageModel(10_000, 200), words(2, 9, 10_000)),
    "lstm_tagger": (modules.LstmTagger, words(2, 9, 10_000)),
    "luong_concat": (lambda: translation.Luong(100, 90, 16, 2, "concat"), words(2, 9, 100), integers("input2", 90, 2, 7)),
    "luong_dot": (lambda: translation.Luong(100, 90, 16, 2, "dot"), words(2, 9, 100), integers("input2", 90, 2, 7)),
    "luong_general": (lambda: translation.Luong(100, 90, 16, 2), words(2, 9, 100), integers("input2", 90, 2, 7)),
    "luong_local": (lambda: translation.Luong(100, 90, 16, 2, window=2), words(2, 9, 100), integers("input2", 90, 2, 7)),
    "mobilenet_v2": (vision.mobilenet_v2, image(3, 64, 64)),
    "neural_turing_machine": (memory.NeuralTuringMachine, vectors("input", 2, 7, 9)),
    "perceptron": (modules.Perceptron, image(1, 28, 28)),
    "patch_discriminator": (generative.PatchDiscriminator, image(3, 70, 96)),
    "pixel_q_network": (reinforcement.PixelQNetwork, image(1, 24, 24)),
    "policy": (lambda: reinforcement.Perceptron(4, 128, 2), vectors("input", 3, 4)),
    "q_network": (lambda: reinforcement.Perceptron(4, 128, 128, 2), vectors("input", 3, 4)),
    "recurrent_attention": (memory.RecurrentAttention, image(1, 28, 28), vectors("input2", 2, 2)),
    "recurrent_attention_60": (lambda: memory.RecurrentAttention(60, 2, 12, 3), image(1, 60, 60), vectors("input2", 2, 2)),
    "resnet18": (vision.resnet18, image(3, 64, 64)),
    "resnet34": (vision.resnet34, image(3, 64, 64)),
    "resnet50": (vision.resnet50, image(3, 64, 64)),
    "resnet50_features": (lambda: selfsupervised.ResNetFeatures(Bottleneck, [3, 4, 6, 3]), image(3, 64, 64)),
    "resnet101": (vision.resnet101, image(3, 64, 64)),
    "resnet152": (vision.resnet152, image(3, 64, 64)),
    "roberta_for_masked_lm": (lambda: bert.RobertaForMaskedLM(100, 64, 2, 4, 32), integers("input", 100, 2, 11), truths("input2", 2, 11)),
    "roberta_for_sequence_classification": (lambda: bert.RobertaForSequenceClassification(3, 100, 64, 2, 4, 32), integers("input", 100, 2, 11), truths("input2", 2, 11)),
    "roberta_base": (lambda: bert.Bert(50_265, 64, 2, 4, 514, segments=1, first=2, eps=1e-5), words(2, 11, 50_265)),
    "seq2seq": (lambda: translation.Seq2Seq(100, 90, 12, 16, 4), words(2, 9, 100), integers("input2", 90, 2, 7)),
    "simclr_cifar18": (lambda: selfsupervised.SimClr(BasicBlock, [2, 2, 2, 2], small=True), image(3, 32, 32)),
    "simclr_cifar50": (lambda: selfsupervised.SimClr(Bottleneck, [3, 4, 6, 3], small=True, base=16), image(3, 32, 32)),
    "simclr_resnet50": (lambda: selfsupervised.SimClr(Bottleneck, [3, 4, 6, 3]), image(3, 64, 64)),
    "skip_gram": (embedding.SkipGram, integers("input", 10_000, 3), integers("input2", 10_000, 3, 6)),
    "state_value": (lambda: reinforcement.Perceptron(4, 128, 1), vectors("input", 3, 4)),
    "stacked_lstm": (memory.StackedLstm, vectors("input", 2, 7, 9)),
    "transformer": (lambda: torch.nn.Transformer(64, 4, 2, 2, 128, batch_first=True), vectors("input", 2, 9, 64), vectors("input2", 2, 7, 64)),
    "translator_decoder": (lambda: translation.TranslatorDecoder(100, 64, 4, 2, 128, 32), integers("input", 100, 2, 7), vectors("input2", 2, 9, 64)),
    "translator_encoder": (lambda: translation.TranslatorEncoder(100, 64, 4, 2, 128, 32), words(2, 9, 100)),
    "unet": (modules.UNet, image(3, 32, 48)),
    "vae": (generative.Vae, image(1, 28, 28), vectors("input2", 2, 20)),
    "vae_decoder": (generative.VaeDecoder, vectors("input", 2, 20)),
    "vae_encoder": (generative.VaeEncoder, image(1, 28, 28)),
    "vgg11_bn_small": (lambda: imagenet.Vgg("A", True, 64), image(3, 64, 64)),
    "vgg11_small": (lambda: imagenet.Vgg("A", False, 64), image(3, 64, 64)),
    "vgg13_bn_small": (lambda: imagenet.Vgg("B", True, 64), image(3, 64, 64)),
    "vgg13_small": (lambda: imagenet.Vgg("B", False, 64), image(3, 64, 64)),
    "vgg16_bn_small": (lambda: imagenet.Vgg("D", True, 64), image(3, 64, 64)),
    "vgg16_small": (lambda: imagenet.Vgg("D", False, 64), image(3, 64, 64)),
    "vgg19_bn_small": (lambda: imagenet.Vgg("E", True, 64), image(3, 64, 64)),
    "vgg19_small": (lambda: imagenet.Vgg("E", False, 64), image(3, 64, 64)),
    "vit_b_32": (vision.vit_b_32, image(3, 224, 224)),
    "wgan_critic": (generative.DcganDiscriminator32, image(1, 32, 32)),
    "wgan_gp_critic": (generative.WganGpCritic, image(1, 32, 32)),
}

# What Fill.cs must give, bit for bit: SHA-256 of the float32 values, little-endian.
FILLS = [("a", [3]), ("conv1.weight", [6, 1, 5, 5]), ("conv1.bias", [6]), ("bn1.weight", [64]), ("bn1.running_mean", [64]),
         ("bn1.running_var", [64]), ("classifier.1.weight", [4096, 9216])]


def figures(out):
    flat = out.flatten().double()
    return None if not out.isfinite().all() else {
        "shape": list(out.shape),
        "first": [float(v) for v in flat[:16]],
        "mean": float(flat.mean()),
        "norm": float(flat.norm()),
        "probe": float(flat @ torch.from_numpy(fill.u("probe", flat.numel()))),
    }


def describe(make, *inputs):
    module = fill.fill(make())
    with torch.no_grad():
        out = module(*inputs)
    first, *others = out if isinstance(out, tuple) else [out]
    return {
        "parameters": sum(p.numel() for p in module.parameters()),
        "state": {key: list(value.shape) for key, value in module.state_dict().items()},
        "inputs": [list(i.shape) for i in inputs],
        **({"below": [getattr(i, "below", 0) for i in inputs]} if any(hasattr(i, "below") for i in inputs) else {}),
        "output": figures(first),
        **({"others": [figures(other) for other in others]} if others else {}),
    }


def fills():
    return [{"key": key, "shape": shape, "sha256": hashlib.sha256(fill.parameter(key, shape).numpy().tobytes()).hexdigest()}
            for key, shape in FILLS]


def write(path, value):
    """JSON with a line for each tensor, so that a change shows where it is."""
    def lines(entries, opening, closing):
        return opening + "\n" + ",\n".join(entries) + "\n" + closing

    if isinstance(value, list):
        text = lines(map(json.dumps, value), "[", "]")
    else:
        state = lines((f"  {json.dumps(key)}: {json.dumps(shape)}" for key, shape in value["state"].items()), "{", "}")
        text = lines((f"{json.dumps(key)}: {state if key == 'state' else json.dumps(part)}" for key, part in value.items()), "{", "}")
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(text + "\n")


if __name__ == "__main__":
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*")
    parser.add_argument("--into", default=os.path.join(here, "references"))
    arguments = parser.parse_args()
    os.makedirs(arguments.into, exist_ok=True)
    if not arguments.names:
        write(os.path.join(arguments.into, "fill.json"), fills())
    for name in arguments.names or sorted(REFERENCES):
        make, *inputs = REFERENCES[name]
        write(os.path.join(arguments.into, name + ".json"), describe(make, *inputs))
