using System.Globalization;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A module with functions that run before and after its own.</summary>
        public class HookableModule<TPreHook, TPostHook> : Module
        {
            protected Dictionary<string, TPreHook> pre_hooks = [];
            protected Dictionary<string, TPostHook> post_hooks = [];
            protected Dictionary<string, Action<Module>> module_pre_hooks = [];
            protected Dictionary<string, Action<Module>> module_post_hooks = [];
            private int _made;

            protected HookableModule(string name) : base(name) { }

            private protected bool HasHooks => pre_hooks.Count + post_hooks.Count + module_pre_hooks.Count + module_post_hooks.Count > 0;

            public HookRemover register_forward_hook(TPostHook hook) => Register(post_hooks, hook);

            public HookRemover register_forward_pre_hook(TPreHook hook) => Register(pre_hooks, hook);

            public HookRemover register_forward_hook(Action<Module> hook) => Register(module_post_hooks, hook);

            public HookRemover register_forward_pre_hook(Action<Module> hook) => Register(module_pre_hooks, hook);

            private HookRemover Register<T>(Dictionary<string, T> hooks, T hook)
            {
                var key = (_made++).ToString(CultureInfo.InvariantCulture);
                hooks.Add(key, hook);
                return new HookRemover(this, key);
            }

            /// <summary>Takes a hook away again.</summary>
            public class HookRemover
            {
                private readonly HookableModule<TPreHook, TPostHook> _module;
                private readonly string _key;

                public HookRemover(HookableModule<TPreHook, TPostHook> module, string key)
                {
                    _module = module;
                    _key = key;
                }

                public void remove()
                {
                    _module.pre_hooks.Remove(_key);
                    _module.post_hooks.Remove(_key);
                    _module.module_pre_hooks.Remove(_key);
                    _module.module_post_hooks.Remove(_key);
                }
            }
        }
    }
}
