using Azker.Simulation;

return SimulationCommand.Create().Parse(args).Invoke();
