"""Ten steps of the objectives in Small.dlm, written by hand in PyTorch: their figures, and the parameters at the end."""
import json
import torch
from torch import nn
import torch.nn.functional as F

STEPS = 10


def fill(net, phase):
    with torch.no_grad():
        for i, p in enumerate(net.parameters()):
            p.copy_((torch.arange(p.numel(), dtype=torch.float64) * 0.7 + i + phase).sin().mul(0.4).reshape(p.shape))
    return net


def maker(phase):
    return fill(nn.Sequential(nn.Linear(3, 6), nn.Tanh(), nn.Linear(6, 4)), phase)


def scorer(phase):
    return fill(nn.Sequential(nn.Linear(4, 5), nn.Tanh(), nn.Linear(5, 1)), phase)


def mover(phase):
    return fill(nn.Sequential(nn.Linear(4, 4)), phase)


def flat(*nets):
    return [x for net in nets for p in net.parameters() for x in p.detach().flatten().tolist()]


def penalized():
    make, score, slow = maker(0), scorer(1), scorer(2)
    make_step = torch.optim.Adam(make.parameters(), 0.02, (0.5, 0.9))
    score_step = torch.optim.Adam(score.parameters(), 0.02, (0.5, 0.9))
    level, figures, last = torch.tensor(0.5), [], 0.0
    torch.manual_seed(1)
    for step in range(1, STEPS + 1):
        real = torch.randn(8, 4)
        fake = make(torch.randn(8, 3))
        share = torch.rand(8, 1)
        between = (share * real + (1 - share) * fake.detach()).requires_grad_()
        slope = torch.autograd.grad(score(between).sum(), between, create_graph=True)[0].norm(2, 1)
        distance = score(real).mean() - score(fake.detach()).mean()
        loss = 10 * ((slope - 1) ** 2).mean() - distance
        score_step.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(score.parameters(), 0.5)
        score_step.step()
        with torch.no_grad():
            for s, t in zip(score.parameters(), slow.parameters()):
                t.mul_(0.9).add_(s, alpha=0.1)
        level = 0.9 * level + 0.1 * distance.detach()
        slowly = slow(real).mean()
        if step % 2 == 0:
            made = -score(make(torch.randn(8, 3))).mean()
            make_step.zero_grad()
            made.backward()
            make_step.step()
            last = made.item()
        figures += [loss.item(), last, level.item(), slowly.item()]
    return {"figures": figures, "parameters": flat(make, score, slow)}


def clamped():
    there, back, critic = mover(0), mover(1), scorer(2)
    step_movers = [torch.optim.SGD(n.parameters(), 0.05, momentum=0.9) for n in (there, back)]
    step_critic = torch.optim.RMSprop(critic.parameters(), 0.01)
    figures = []
    torch.manual_seed(2)
    for _ in range(STEPS):
        real = torch.randn(8, 4)
        moved = there(real)
        cycle = F.l1_loss(back(moved), real)
        loss = critic(moved.detach()).mean() - critic(real).mean()
        step_critic.zero_grad()
        loss.backward()
        step_critic.step()
        with torch.no_grad():
            for p in critic.parameters():
                p.clamp_(-0.2, 0.2)
        both = cycle - critic(moved).mean()
        for s in step_movers:
            s.zero_grad()
        both.backward()
        for s in step_movers:
            s.step()
        figures += [loss.item(), both.item()]
    return {"figures": figures, "parameters": flat(there, back, critic)}


def follow():
    net, target = mover(0), mover(1)
    step = torch.optim.AdamW(net.parameters(), 0.05)
    figures = []
    torch.manual_seed(3)
    for i in range(1, STEPS + 1):
        x, y = torch.randn(8, 4), torch.randn(8, 4)
        error = F.mse_loss(net(x), y + 0.5 * target(x).detach())
        step.zero_grad()
        error.backward()
        step.step()
        if i % 3 == 0:
            target.load_state_dict(net.state_dict())
        figures += [error.item()]
    return {"figures": figures, "parameters": flat(net, target)}


print(json.dumps({"penalized": penalized(), "clamped": clamped(), "follow": follow()}, indent=1))
