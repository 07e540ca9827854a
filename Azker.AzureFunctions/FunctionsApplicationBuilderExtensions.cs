using Azker.AzureFunctions;
using Azker.AzureFunctions.Parking;
using Azker.Core.Configuration;
using Azker.Core.Hosting;
using Microsoft.Azure.Functions.Worker.Builder;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds a bot to a Functions app.</summary>
public static class FunctionsApplicationBuilderExtensions
{
    /// <summary>
    /// Adds the bot of a Functions app: the functions <c>POST {WEBHOOK_PATH}</c>, <c>GET /health</c> with <c>/health/live</c> and
    /// <c>/health/ready</c> for probes, and a timer that keeps the webhook registered on <c>WEBHOOK_GUARD_SCHEDULE</c>; with a storage account also a queue trigger and a timer for
    /// parked updates. The worker's source generator finds the functions in this assembly.
    /// </summary>
    /// <param name="builder">The builder of the app, whose configuration has the settings, such as <c>TELEGRAM_BOT_TOKEN</c>.</param>
    /// <returns>The builder that takes the handlers of the bot.</returns>
    /// <exception cref="InvalidOperationException">This version of the worker does not let Azker set the schedule of its guard.</exception>
    public static IAzkerBuilder AddAzker(this FunctionsApplicationBuilder builder)
    {
        string root = builder.Configuration["AzureWebJobsScriptRoot"] is { Length: > 0 } script ? script : AppContext.BaseDirectory;
        builder.Services.AddAzkerOptions(
            Options.Options.DefaultName, builder.Configuration, options => options.Storage.AppRoot = Path.GetFullPath(root));
        IAzkerBuilder azker = builder.Services.AddBot(Options.Options.DefaultName);
        builder.Services.AddKeyedSingleton<ReceiverSetup>(azker.Name, ParkedUpdateQueue.SetUp);
        FunctionBindings.Add(builder.Services);
        return azker;
    }
}
