using System.Globalization;
using System.Runtime.InteropServices;
using Azker.Core.Configuration;
using Azker.Core.Hosting;
using Azker.Core.Locking;
using Azker.Core.Webhook.Registration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using var stop = new CancellationTokenSource();

// Usage: Azker.Guard SECONDS, with settings in the environment.
// Runs the webhook guard on a timer, as the Functions app does: a run that fails is printed, and the timer goes on.
TimeSpan interval = TimeSpan.FromSeconds(double.Parse(args[0], CultureInfo.InvariantCulture));
AzkerOptions options = AzkerOptions.Read(new ConfigurationBuilder().AddEnvironmentVariables().Build());

await using ServiceProvider services = new ServiceCollection()
    .AddLogging(logging => logging.AddFilter("Microsoft", LogLevel.Warning).AddSimpleConsole(console =>
    {
        console.SingleLine = true;
        console.UseUtcTimestamp = true;
        console.TimestampFormat = "yyyy-MM-dd HH:mm:ss.fff'Z' ";
    }))
    .AddReceiver(options)
    .BuildServiceProvider();
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
{
    context.Cancel = true;
    stop.Cancel();
});

ScheduledWebhookGuard guard = services.GetRequiredService<ScheduledWebhookGuard>();
try
{
    while (true)
    {
        await RunAsync();
        await Task.Delay(interval, TimeProvider.System, stop.Token);
    }
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return 0;
}

async Task RunAsync()
{
    try
    {
        await guard.RunAsync(stop.Token);
    }
    catch (InstanceLockException error)
    {
        Console.WriteLine($"The guard's run failed: {error.Message}");
    }
}
