using Azker.Core.Configuration;
using Azker.Core.Hosting;
using Azker.Functions;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

const int misconfigured = 78;

FunctionsApplicationBuilder builder = FunctionsApplication.CreateBuilder(args);
AzkerOptions options;
try
{
    options = AzkerOptions.Read(builder.Configuration);
}
catch (OptionsValidationException faults)
{
    // The host logs a worker's lines one by one, and as errors those with this word.
    await Console.Error.WriteLineAsync(string.Join('\n', faults.Failures.Select(fault => $"Settings error: {fault}")));
    return misconfigured;
}

// Each line of the log crosses to the host, so those of the libraries are left out, unless they are asked for.
builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddConfiguration(builder.Configuration.GetSection("Logging"));
builder.Services.AddReceiver(options).AddBot();
Type functions = builder.Services.Last(service => service.ServiceType == typeof(IFunctionMetadataProvider)).ImplementationType!;
builder.Services.AddSingleton<IFunctionMetadataProvider>(services => new GuardSchedule(
    (IFunctionMetadataProvider)ActivatorUtilities.CreateInstance(services, functions), options.Webhook));
await builder.Build().RunAsync();
return 0;
