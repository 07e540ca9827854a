using System.CommandLine;
using Azker.Demo;

// Without a termination timeout of its own, the command line leaves all signals to Interruption.
var invocation = new InvocationConfiguration { ProcessTerminationTimeout = null };
return await DemoCommand.Create().Parse(args).InvokeAsync(invocation);
