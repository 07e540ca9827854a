using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

const int misconfigured = 78;

FunctionsApplicationBuilder builder = FunctionsApplication.CreateBuilder(args);

// The worker sends each line of the log to the host, so the lines of the libraries are left out, unless the settings ask for them.
builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddConfiguration(builder.Configuration.GetSection("Logging"));
builder.AddAzker().AddSampleBot();
builder.AddAzkerOpenTelemetry();
try
{
    await builder.Build().RunAsync();
    return 0;
}
catch (OptionsValidationException faults)
{
    // The host logs each line of a worker by itself, and logs a line that contains "error" as an error.
    await Console.Error.WriteLineAsync(string.Join('\n', faults.Failures.Select(fault => $"Settings error: {fault}")));
    return misconfigured;
}
