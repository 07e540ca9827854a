using System.CommandLine;
using Azker.PollingFallback.Commands;

// Without a termination timeout of its own, the command line leaves all signals to the host.
var invocation = new InvocationConfiguration { ProcessTerminationTimeout = null };
return await AzkerCommand.Create().Parse(args).InvokeAsync(invocation);
