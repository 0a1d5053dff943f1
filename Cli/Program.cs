using Dlm.Cli;

return DlmCommand.Run(args, CommandHost.Open());
