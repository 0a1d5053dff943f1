"""Ten steps of the zoo's objectives, each written by hand in PyTorch: what they measure, and what the parameters become.

    /usr/bin/python3 Tests/Oracle/objectives.py                 all of them, into objectives/
    /usr/bin/python3 Tests/Oracle/objectives.py gan             one
    /usr/bin/python3 Tests/Oracle/objectives.py --into FOLDER   elsewhere

Parameters begin as fill.py says, so do the batches; what is drawn is drawn from seed 1. Of each parameter there are the first values and the L2 norm.
"""
import argparse
import json
import os

import torch
import torch.nn.functional as F
import torchvision
from torchvision.models.resnet import BasicBlock

import embedding
import fill
import generative_objectives
import imagenet
import memory
import reference
import selfsupervised

STEPS = 10


def made(name):
    return fill.fill(reference.REFERENCES[name][0]()).train()


def image(step, shape, name="image"):
    """Pixels from 0 to 1."""
    return fill.tensor(f"{name}{step}", shape, 1.0, 0.5)


def transitions(step, shape, count, actions):
    """States, actions, rewards, next states, and whether nothing came after."""
    return (image(step, (count, *shape)), fill.integers(f"action{step}", (count,), actions), fill.tensor(f"reward{step}", (count,), 2.0),
            image(step, (count, *shape), "next"), fill.integers(f"done{step}", (count,), 2).bool())


def step(optimizer, loss, clip=None):
    optimizer.zero_grad()
    loss.backward()
    if clip is not None:
        torch.nn.utils.clip_grad_norm_([p for group in optimizer.param_groups for p in group["params"]], clip)
    optimizer.step()


def gan():
    generator, discriminator = made("gan_generator"), made("gan_discriminator")
    for_generator = torch.optim.Adam(generator.parameters(), 2e-4, (0.5, 0.999))
    for_discriminator = torch.optim.Adam(discriminator.parameters(), 2e-4, (0.5, 0.999))
    for i in range(STEPS):
        real = image(i, (8, 1, 28, 28)) * 2 - 1
        fake = generator(torch.randn(8, 100))
        on_real, on_fake = discriminator(real), discriminator(fake.detach())
        loss = F.binary_cross_entropy_with_logits(on_real, torch.ones(8)) + F.binary_cross_entropy_with_logits(on_fake, torch.zeros(8))
        step(for_discriminator, loss)
        fooled = F.binary_cross_entropy_with_logits(discriminator(fake), torch.ones(8))
        step(for_generator, fooled)
        yield loss, fooled
    yield {"generator": generator, "discriminator": discriminator}


def deep_q():
    q, target = made("deep_q_network"), made("deep_q_network")
    optimizer = torch.optim.RMSprop(q.parameters(), 2.5e-4, alpha=0.95, eps=0.01)
    for i in range(STEPS):
        state, following = image(i, (4, 4, 84, 84)), image(i, (4, 4, 84, 84), "next")
        action, reward = fill.integers(f"action{i}", (4,), 4), fill.tensor(f"reward{i}", (4,), 2.0)
        done = fill.integers(f"done{i}", (4,), 2).bool()
        with torch.no_grad():
            goal = reward + 0.99 * torch.where(done, torch.tensor(0.0), target(following).max(1).values)
        value = q(state).gather(1, action[:, None])[:, 0]
        loss = F.smooth_l1_loss(value, goal)
        step(optimizer, loss)
        if (i + 1) % 4 == 0:
            target.load_state_dict(q.state_dict())
        yield loss, value.mean()
    yield {"q": q, "target": target}


def double_goal(q, target, reward, following, done):
    with torch.no_grad():
        best = target(following).gather(1, q(following).argmax(1, keepdim=True))[:, 0]
        return reward + 0.99 * torch.where(done, torch.tensor(0.0), best)


def dueling_q():
    q, target = made("dueling_pixel_q_network"), made("dueling_pixel_q_network")
    optimizer = torch.optim.RMSprop(q.parameters(), 2.5e-4, alpha=0.95, eps=0.01)
    for i in range(STEPS):
        state, action, reward, following, done = transitions(i, (1, 24, 24), 8, 3)
        value = q(state).gather(1, action[:, None])[:, 0]
        loss = F.smooth_l1_loss(value, double_goal(q, target, reward, following, done))
        step(optimizer, loss, clip=10)
        if (i + 1) % 4 == 0:
            target.load_state_dict(q.state_dict())
        yield loss, value.mean()
    yield {"q": q, "target": target}


def prioritized_q():
    q, target = made("pixel_q_network"), made("pixel_q_network")
    optimizer = torch.optim.RMSprop(q.parameters(), 2.5e-4, alpha=0.95, eps=0.01)
    for i in range(STEPS):
        state, action, reward, following, done = transitions(i, (1, 24, 24), 4, 3)
        weight = fill.tensor(f"weight{i}", (4,), 0.4, 0.6)
        value = q(state).gather(1, action[:, None])[:, 0]
        errors = double_goal(q, target, reward, following, done) - value.detach()
        loss = (weight * F.smooth_l1_loss(value, value.detach() + errors, reduction="none")).mean()
        step(optimizer, loss)
        if (i + 1) % 4 == 0:
            target.load_state_dict(q.state_dict())
        yield loss, value.mean(), *errors
    yield {"q": q, "target": target}


def played(step):
    """States, what was done in them, and what was won from there on."""
    return fill.tensor(f"state{step}", (8, 4), 1.0), fill.integers(f"action{step}", (8,), 2), fill.tensor(f"gain{step}", (8,), 2.0, 3.0)


def reinforce():
    policy = made("policy")
    optimizer = torch.optim.Adam(policy.parameters(), 0.01)
    usual = torch.tensor(0.0)
    for i in range(STEPS):
        state, action, gain = played(i)
        likelihood = F.log_softmax(policy(state), -1).gather(1, action[:, None])[:, 0]
        loss = -(likelihood * (gain - usual)).mean()
        step(optimizer, loss)
        usual = 0.9 * usual + 0.1 * gain.mean()
        yield loss,
    yield {"policy": policy}


def baseline():
    policy, value = made("policy"), made("state_value")
    for_policy, for_value = torch.optim.Adam(policy.parameters(), 0.01), torch.optim.Adam(value.parameters(), 0.02)
    for i in range(STEPS):
        state, action, gain = played(i)
        expected = value(state)
        likelihood = F.log_softmax(policy(state), -1).gather(1, action[:, None])[:, 0]
        loss = -(likelihood * (gain - expected.detach())).mean()
        step(for_policy, loss)
        error = F.mse_loss(expected, gain)
        step(for_value, error)
        yield loss, error
    yield {"policy": policy, "baseline": value}


def actor_critic():
    net = made("actor_critic")
    optimizer = torch.optim.RMSprop(net.parameters(), 7e-4, alpha=0.99, eps=0.1)
    for i in range(STEPS):
        state, action, gain = played(i)
        logits, value = net(state)
        policy = torch.distributions.Categorical(logits=logits)
        actor = -(policy.log_prob(action) * (gain - value).detach()).mean()
        entropy = policy.entropy().mean()
        loss = actor + 0.5 * F.mse_loss(value, gain) - 0.01 * entropy
        step(optimizer, loss)
        yield loss, entropy
    yield {"net": net}


def glimpses():
    net = fill.fill(memory.RecurrentAttention(glimpses=3, noise=0.2)).train()
    optimizer = torch.optim.SGD(net.parameters(), 0.001, momentum=0.9)
    for i in range(STEPS):
        label = fill.integers(f"label{i}", (8,), 10)
        logits, places, means, values = net(image(i, (8, 1, 28, 28)), 2 * torch.rand(8, 2) - 1)
        right = (logits.argmax(1) == label).float()
        likelihood = torch.distributions.Normal(means, 0.2).log_prob(places).sum(2)
        advantage = right - values[:, :, 0].detach()
        # What does not depend on the means is left out, as it has no gradient.
        constant = torch.distributions.Normal(0.0, 0.2).log_prob(torch.tensor(0.0)) * 2
        seeking = -((likelihood - constant) * advantage)[:-1].sum(0).mean()
        loss = F.cross_entropy(logits, label) + ((right - values[:, :, 0]) ** 2).mean() + 0.01 * seeking
        step(optimizer, loss)
        yield loss, right.mean()
    yield {"net": net}


def vae():
    encoder, decoder = made("vae_encoder"), made("vae_decoder")
    optimizers = [torch.optim.Adam(part.parameters(), 1e-3) for part in (encoder, decoder)]
    for i in range(STEPS):
        real = image(i, (8, 1, 28, 28))
        mean, log_variance = encoder(real)
        logits = decoder(mean + torch.exp(log_variance / 2) * torch.randn_like(mean))
        reconstruction = F.binary_cross_entropy_with_logits(logits, real, reduction="sum") / 8
        divergence = -0.5 * torch.sum(1 + log_variance - mean ** 2 - torch.exp(log_variance)) / 8
        for optimizer in optimizers:
            optimizer.zero_grad()
        (reconstruction + divergence).backward()
        for optimizer in optimizers:
            optimizer.step()
        yield reconstruction + divergence, divergence
    yield {"encoder": encoder, "decoder": decoder}


def sim_clr():
    net = fill.fill(selfsupervised.SimClr(BasicBlock, [2, 2, 2, 2], small=True, base=8, width=16)).train()
    optimizer = torch.optim.SGD(net.parameters(), 0.05, momentum=0.9, weight_decay=1e-4)
    for i in range(STEPS):
        first, second = image(i, (4, 3, 16, 16), "first"), image(i, (4, 3, 16, 16), "second")
        projection = net(torch.cat([first, second]))[0]
        z = F.normalize(projection, dim=1)
        similarity = (z @ z.T / 0.5).masked_fill(torch.eye(8).bool(), -1e9)
        partner = torch.cat([torch.arange(4, 8), torch.arange(0, 4)])
        loss = F.cross_entropy(similarity, partner)
        step(optimizer, loss)
        yield loss, (similarity.argmax(1) == partner).float().mean()
    yield {"net": net}


def googlenet():
    # In double precision: its normalised layers make much of the least difference.
    net = fill.fill(imagenet.GoogLeNet(num_classes=10, dropout=0, dropout_aux=0)).train().double()
    optimizer = torch.optim.SGD(net.parameters(), 1e-3, momentum=0.9)
    for i in range(STEPS):
        target = fill.integers(f"target{i}", (4,), 10)
        logits, second, first = torchvision.models.GoogLeNet.forward(net, image(i, (4, 3, 64, 64)).double())
        loss = F.cross_entropy(logits, target) + 0.3 * F.cross_entropy(first, target) + 0.3 * F.cross_entropy(second, target)
        step(optimizer, loss)
        yield loss, (logits.argmax(1) == target).float().mean()
    yield {"net": net}


def sentences(i):
    """Words, segments, masks and the words to be guessed, of which each sample has one at least."""
    words, masked = fill.integers(f"words{i}", (4, 11), 100), fill.integers(f"masked{i}", (4, 11), 3) == 0
    masked[:, 0] = True
    return words, fill.integers(f"segment{i}", (4, 11), 2), fill.present(f"mask{i}", (4, 11)), torch.where(masked, words, torch.tensor(-100))


def guessed(logits, targets):
    return F.cross_entropy(logits.flatten(0, 1), targets.flatten()), (logits.argmax(2) == targets).float().sum() / (targets >= 0).sum()


def classified(logits, classes):
    return F.cross_entropy(logits, classes), (logits.argmax(1) == classes).float().mean()


def pre_training(net):
    """Of BERT and ALBERT alike: masked words, and a class for the pair. Attention does not feel the bias of its keys, so that Adam would step along rounding."""
    optimizer = torch.optim.SGD(net.parameters(), 0.02, momentum=0.9)
    for i in range(STEPS):
        words, segment, mask, targets = sentences(i)
        logits, pair = net(words, segment, mask)
        (words_loss, words_right), (pair_loss, pair_right) = guessed(logits, targets), classified(pair, fill.integers(f"pair{i}", (4,), 2))
        step(optimizer, words_loss + pair_loss)
        yield words_loss + pair_loss, words_right, pair_right
    yield {"net": net}


def bert_pre_training():
    return pre_training(made("bert_for_pre_training"))


def albert_pre_training():
    return pre_training(made("albert_for_pre_training"))


def roberta_pre_training():
    net = made("roberta_for_masked_lm")
    optimizer = torch.optim.SGD(net.parameters(), 0.02, momentum=0.9)
    for i in range(STEPS):
        words, _, mask, targets = sentences(i)
        loss, right = guessed(net(words, mask), targets)
        step(optimizer, loss)
        yield loss, right
    yield {"net": net}


def fine_tuning(net, inputs):
    optimizer = torch.optim.SGD(net.parameters(), 0.02, momentum=0.9)
    for i in range(STEPS):
        loss, right = classified(net(*inputs(i)), fill.integers(f"label{i}", (4,), 3))
        step(optimizer, loss)
        yield loss, right
    yield {"net": net}


def bert_fine_tuning():
    return fine_tuning(made("bert_for_sequence_classification"), lambda i: sentences(i)[:3])


def albert_fine_tuning():
    return fine_tuning(made("albert_for_sequence_classification"), lambda i: sentences(i)[:3])


def roberta_fine_tuning():
    return fine_tuning(made("roberta_for_sequence_classification"), lambda i: sentences(i)[0:3:2])


def document_classification():
    net = made("hierarchical_attention")
    optimizer = torch.optim.SGD(net.parameters(), 0.05, momentum=0.9)
    for i in range(STEPS):
        loss, right = classified(net(fill.integers(f"words{i}", (4, 3, 6), 100), fill.present(f"mask{i}", (4, 3, 6)))[0], fill.integers(f"label{i}", (4,), 5))
        step(optimizer, loss)
        yield loss, right
    yield {"net": net}


def bits(key, *shape):
    return fill.integers(key, shape, 2).float()


def episode(net, logits_of):
    optimizer = torch.optim.RMSprop(net.parameters(), 1e-4, alpha=0.95, eps=0.01, momentum=0.9, centered=True)
    for i in range(STEPS):
        x, answer = bits(f"x{i}", 3, 7, 9), bits(f"answer{i}", 3, 3, 8)
        logits = logits_of(net(x))[:, -3:]
        loss = F.binary_cross_entropy_with_logits(logits, answer)
        step(optimizer, loss)
        yield loss, ((logits > 0) != answer.bool()).sum() / 3
    yield {"net": net}


def ntm():
    return episode(made("neural_turing_machine"), lambda outputs: outputs[0])


def stacked_lstm():
    return episode(made("stacked_lstm"), lambda logits: logits)


def in_time(net, x, target):
    optimizer = torch.optim.Adam(net.parameters(), 1e-4)
    for i in range(STEPS):
        asked, answer = fill.tensor(f"x{i}", x, 2.0), bits(f"answer{i}", *target)
        logits, ponder = net(asked)
        loss = F.binary_cross_entropy_with_logits(logits, answer) + 0.01 * ponder.mean()
        step(optimizer, loss)
        yield loss, ((logits > 0) == answer.bool()).flatten(1).all(1).float().mean(), ponder.mean()
    yield {"net": net}


def act_parity():
    return in_time(made("adaptive_parity"), (5, 64), (5, 1))


def act_sequence():
    return in_time(made("adaptive_rnn"), (3, 4, 10), (3, 4, 10))


def word_by_word(name, vocab=100, targets=100, optimizer=lambda parameters: torch.optim.Adam(parameters, 1e-3)):
    """Language models and taggers: cross-entropy at each place, in evaluation mode because nothing is to be dropped out."""
    net = made(name).eval()
    optimizer = optimizer(net.parameters())
    for i in range(STEPS):
        text, target = fill.integers(f"text{i}", (3, 8), vocab), fill.integers(f"target{i}", (3, 8), targets)
        logits = net(text)
        logits = logits[0] if isinstance(logits, tuple) else logits
        loss = F.cross_entropy(logits.transpose(1, 2), target)
        step(optimizer, loss)
        yield loss, (logits.argmax(2) == target).float().mean()
    yield {"net": net}


def gpt(name):
    """By SGD: the bias of the keys has no gradient but rounding errors, and Adam would make steps of them."""
    return word_by_word(name, optimizer=lambda parameters: torch.optim.SGD(parameters, 0.05))


def hierarchy(net, *inputs):
    """Hierarchical softmax: the probability of a word is the product of those of its turns, 1 - sigmoid(score) where the code is 1."""
    optimizer = torch.optim.SGD(net.parameters(), 0.5)
    for i in range(STEPS):
        points, codes = fill.integers(f"points{i}", (4, 5), 20), fill.integers(f"codes{i}", (4, 5), 2)
        length = 2 + fill.integers(f"length{i}", (4,), 4)
        scores = net(*(make(i) for make in inputs[:1]), points, *(make(i) for make in inputs[1:]))
        right = torch.sigmoid(scores)
        turns = torch.where(codes == 1, 1 - right, right)
        loss = -torch.stack([turns[row, :length[row]].prod().log() for row in range(4)]).mean()
        step(optimizer, loss)
        yield (loss,)
    yield {"net": net}


def skip_gram_hierarchy():
    net = fill.fill(embedding.SkipGram(20, 6))
    return hierarchy(net, lambda i: fill.integers(f"center{i}", (4,), 20))


def cbow_hierarchy():
    net = fill.fill(embedding.Cbow(20, 6))
    return hierarchy(net, lambda i: fill.integers(f"context{i}", (4, 3), 20), lambda i: fill.integers(f"mask{i}", (4, 3), 2).bool())


def pairs(i):
    """Sentences, what of them is no padding, and their translations shifted by one and as they are to be, with -100 behind them."""
    written = fill.present(f"written{i}", (4, 7))
    return (fill.integers(f"source{i}", (4, 9), 100), fill.present(f"read{i}", (4, 9)), fill.integers(f"decoder_input{i}", (4, 7), 90),
            torch.where(written, fill.integers(f"target{i}", (4, 7), 90), torch.tensor(-100)))


def translation(net, translate):
    optimizer = torch.optim.SGD(net.parameters(), 0.1, momentum=0.9)
    for i in range(STEPS):
        source, mask, shifted, targets = pairs(i)
        loss, right = guessed(translate(net, source, shifted, mask)[0], targets)
        step(optimizer, loss)
        yield loss, right
    yield {"net": net}


def seq2seq_translation():
    return translation(made("seq2seq"), lambda net, source, shifted, mask: net(source, shifted))


def bahdanau_translation():
    return translation(made("bahdanau"), lambda net, *inputs: net(*inputs))


def luong_global_translation():
    return translation(made("luong_general"), lambda net, *inputs: net(*inputs))


def luong_local_translation():
    return translation(made("luong_local"), lambda net, *inputs: net(*inputs))


def transformer_translation():
    encoder, decoder = made("translator_encoder"), made("translator_decoder")
    for module in (*encoder.modules(), *decoder.modules()):
        if isinstance(module, torch.nn.Dropout):
            module.p = 0.0
        if isinstance(module, torch.nn.MultiheadAttention):
            module.dropout = 0.0
    optimizer = torch.optim.SGD([*encoder.parameters(), *decoder.parameters()], 0.02, momentum=0.9)
    for i in range(STEPS):
        source, mask, shifted, targets = pairs(i)
        logits = decoder(shifted, encoder(source, mask), mask)
        plain, right = guessed(logits, targets)
        loss = F.cross_entropy(logits.flatten(0, 1), targets.flatten(), label_smoothing=0.1)
        step(optimizer, loss)
        yield loss, plain, right
    yield {"encoder": encoder, "decoder": decoder}


OBJECTIVES = {"gan": gan, "deep_q": deep_q, "vae": vae, "sim_clr": sim_clr, "googlenet": googlenet, "bert_pre_training": bert_pre_training, "bert_fine_tuning": bert_fine_tuning,
              "albert_pre_training": albert_pre_training, "albert_fine_tuning": albert_fine_tuning, "roberta_pre_training": roberta_pre_training,
              "roberta_fine_tuning": roberta_fine_tuning, "document_classification": document_classification,
              "ntm": ntm, "stacked_lstm": stacked_lstm, "act_parity": act_parity, "act_sequence": act_sequence,
              "gpt": lambda: gpt("gpt"), "gpt2": lambda: gpt("gpt2"), "lstm_language_model": lambda: word_by_word("lstm_language_model"),
              "gru_language_model": lambda: word_by_word("gru_language_model"), "tagger": lambda: word_by_word("lstm_tagger", 10_000, 17),
              "skip_gram_hierarchy": skip_gram_hierarchy, "cbow_hierarchy": cbow_hierarchy,
              "seq2seq_translation": seq2seq_translation, "bahdanau_translation": bahdanau_translation,
              "luong_global_translation": luong_global_translation, "luong_local_translation": luong_local_translation,
              "transformer_translation": transformer_translation}
OBJECTIVES |= {"dueling_q": dueling_q, "prioritized_q": prioritized_q, "reinforce": reinforce, "baseline": baseline, "actor_critic": actor_critic,
               "glimpses": glimpses, **generative_objectives.ALL}


def describe(values):
    flat = values.detach().flatten().double()
    return {"first": [float(v) for v in flat[:8]], "norm": float(flat.norm())}


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*")
    parser.add_argument("--into", default=os.path.join(os.path.dirname(os.path.abspath(__file__)), "objectives"))
    arguments = parser.parse_args()
    os.makedirs(arguments.into, exist_ok=True)
    torch.set_num_threads(1)
    for name in arguments.names or OBJECTIVES:
        torch.manual_seed(1)
        *steps, networks = OBJECTIVES[name]()
        lines = [f'"figures": {json.dumps([[float(f) for f in figures] for figures in steps])}']
        parameters = [f"{json.dumps(f'{n}.{key}')}: {json.dumps(describe(p))}" for n, net in networks.items() for key, p in net.named_parameters()]
        lines.append('"parameters": {\n' + ",\n".join(parameters) + "\n}")
        with open(os.path.join(arguments.into, name + ".json"), "w", encoding="utf-8", newline="\n") as file:
            file.write("{\n" + ",\n".join(lines) + "\n}\n")
