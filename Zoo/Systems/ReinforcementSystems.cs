using static Dlm.Zoo.HandWritten;

namespace Dlm.Zoo.Systems;

internal static class ReinforcementSystems
{
    public static IReadOnlyList<ZooSystem> All { get; } =
    [
        new("dqn", "Deep Q-network", "Reinforcement/DeepQNetwork.dlm", ["DeepQNetwork", "DeepQNetwork2013", "PixelQNetwork"], ["catch"])
        {
            Paper = "Mnih and others, *Playing Atari with deep reinforcement learning*, 2013; *Human-level control through deep reinforcement learning*, 2015",
            About = "The value of each action from four frames, learned from a memory of what happened, against a network that is copied now and then.",
            Reference = "modules.py DeepQNetwork DeepQNetwork2013",
            Compared = 2,
            Objectives = ["DeepQ", "AtariDeepQ", "PixelDeepQ"],
        },
        new("double-dqn", "Double DQN", "Reinforcement/DeepQNetwork.dlm", ["QNetwork", "PixelQNetwork"], ["double-dqn", "dqn"])
        {
            Paper = "van Hasselt, Guez, Silver, *Deep reinforcement learning with double Q-learning*, 2016",
            About = "One network chooses the action, the other says what it is worth.",
            Reference = "reinforcement.py Perceptron",
            Compared = 1,
            Objectives = ["DoubleQ", "AtariDoubleQ", "PixelDoubleQ", "DoubleDeepQ"],
        },
        new("prioritized-dqn", "Prioritised replay", "Reinforcement/DeepQNetwork.dlm", ["DeepQNetwork", "PixelQNetwork"], ["prioritized-dqn"])
        {
            Paper = "Schaul, Quan, Antonoglou, Silver, *Prioritized experience replay*, 2016",
            About = "What surprised most is remembered most often.",
            Reference = "modules.py DeepQNetwork",
            Compared = 1,
            Objectives = ["PrioritizedQ", "AtariPrioritizedQ", "PixelPrioritizedQ"],
        },
        new("dueling-dqn", "Duelling DQN", "Reinforcement/DeepQNetwork.dlm", ["DuelingDeepQNetwork", "DuelingPixelQNetwork"], ["dueling-dqn"])
        {
            Paper = "Wang and others, *Dueling network architectures for deep reinforcement learning*, 2016",
            About = "What a state is worth and what an action adds, apart.",
            Reference = "reinforcement.py DuelingDeepQNetwork",
            Compared = 1,
            Objectives = ["AtariDuelingQ", "PixelDuelingQ"],
        },
        new("reinforce", "REINFORCE", "Reinforcement/ActorCritic.dlm", ["Policy", "StateValue"], ["reinforce"])
        {
            Paper = "Williams, *Simple statistical gradient-following algorithms for connectionist reinforcement learning*, 1992",
            About = "What turned out better than usual is made likelier; with a moving mean or a learned value as the usual.",
            Reference = "reinforcement.py Perceptron",
        },
        new("actor-critic", "Advantage actor-critic, A2C", "Reinforcement/ActorCritic.dlm", ["ActorCritic", "AtariActorCritic"], ["actor-critic"])
        {
            Paper = "Mnih and others, *Asynchronous methods for deep reinforcement learning*, 2016",
            About = "A policy and a value from one network, several games at once in step.",
            Reference = "reinforcement.py CartPoleActorCritic AtariActorCritic",
        },
        new("a3c", "A3C", "Reinforcement/ActorCritic.dlm", ["ActorCritic"], ["a3c"])
        {
            Paper = "Mnih and others, *Asynchronous methods for deep reinforcement learning*, 2016",
            About = "Several workers play and learn at once, each at its own pace, on shared weights.",
            ByHand = [InPyTorch(51, "ikostrikov/pytorch-a3c, model.py")],
            Reference = "reinforcement.py CartPoleActorCritic",
        },
    ];
}
