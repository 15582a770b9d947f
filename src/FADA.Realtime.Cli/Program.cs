using FADA.Realtime.Cli;

return await FadaCommand.RunAsync(args);
