using Azker.Core.Handling.Errors;
using Azker.Core.Hosting;
using Azker.Core.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace Azker.Core.Tests.Hosting;

public sealed class ClassifyErrorsTests
{
    [Fact]
    public async Task A_bot_has_the_rules_that_were_added_for_it_in_their_order()
    {
        await using ServiceProvider services = TwoBots();

        Assert.Equal(ErrorClass.Outage, Classify(services, "sales", new ArgumentException("wrong")));
        Assert.Equal(ErrorClass.Refused, Classify(services, "sales", new InvalidOperationException()));
        Assert.Equal(ErrorClass.Faulty, Classify(services, "support", new ArgumentException("wrong")));
    }

    [Fact]
    public async Task A_bot_without_rules_has_those_of_Azker()
    {
        await using var services = new Services([]);

        Assert.Equal(ErrorClass.Faulty, services.Get<ErrorClassifier>().Classify(new ArgumentException("wrong")));
    }

    private static ErrorClass Classify(IServiceProvider services, string bot, Exception error) =>
        services.GetRequiredKeyedService<AzkerBot>(bot).Receiver.GetRequiredService<ErrorClassifier>().Classify(error);

    private static ServiceProvider TwoBots()
    {
        var services = new ServiceCollection();
        services.AddAzker("sales", options => options.Bot.Token = Settings.Read().Bot.Token)
            .ClassifyErrors(error => error is ArgumentException ? ErrorClass.Outage : null)
            .ClassifyErrors(_ => ErrorClass.Refused);
        services.AddAzker("support", options => options.Bot.Token = Settings.Read().Bot.Token);
        return services.BuildServiceProvider();
    }
}
