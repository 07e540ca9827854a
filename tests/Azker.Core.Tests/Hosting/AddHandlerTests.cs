using Azker.Core.Handling;
using Azker.Core.Handling.Commands;
using Azker.Core.Tests.Readme;
using Azker.Core.Tests.Shared;
using Azker.Core.Updates;
using Microsoft.Extensions.DependencyInjection;
using Telegram.Bot;
using Telegram.Bot.Polling;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

namespace Azker.Core.Tests.Hosting;

public sealed class AddHandlerTests
{
    [Fact]
    public async Task An_update_constructs_only_the_handler_that_accepts_it()
    {
        var constructed = new List<string>();
        await using ApplicationHost application = await ApplicationHost.StartAsync(azker =>
        {
            azker.Services.AddSingleton(constructed);
            azker.AddHandler<NeverHandler>().AddHandler<AlwaysHandler>().AddHandler<UnreachedHandler>();
        });
        await application.Ask("first");
        lock (constructed)
        {
            constructed.Clear();
        }

        await application.Ask("second");

        Assert.Equal([nameof(AlwaysHandler)], constructed);
    }

    [Fact]
    public async Task A_handler_that_is_registered_as_a_singleton_stays_one()
    {
        await using ApplicationHost application = await ApplicationHost.StartAsync(azker =>
        {
            azker.Services.AddSingleton<CountingHandler>();
            azker.AddHandler<CountingHandler>();
        });

        Assert.Equal("1", await application.Ask("a"));
        Assert.Equal("2", await application.Ask("b"));
    }

    [Fact]
    public async Task A_handler_that_cannot_be_constructed_ends_the_host_at_its_start()
    {
        await using ApplicationHost application = await ApplicationHost.StartAsync(azker => azker.AddHandler<ImpossibleHandler>());

        await Eventually.IsTrue(
            () => application.Log.Lines.Any(line => line.Level >= Microsoft.Extensions.Logging.LogLevel.Error && line.Text.Contains(nameof(IImpossible), StringComparison.Ordinal)),
            "the log says what is missing");
    }

    [Fact]
    public async Task A_delegate_gets_the_update_the_client_services_and_the_token()
    {
        await using ApplicationHost application = await ApplicationHost.StartAsync(azker =>
        {
            azker.Services.AddSingleton(new Uri("https://example.com"));
            azker.AddHandler((ReceivedUpdate update, Update typed, ITelegramBotClient bot, Uri service, CancellationToken cancellationToken) =>
                bot.SendMessage(update.Key.Id, $"{typed.Message!.Text} {service.Host} {cancellationToken.CanBeCanceled}", cancellationToken: cancellationToken));
        });

        Assert.Equal("hello example.com True", await application.Ask("hello"));
    }

    [Fact]
    public async Task A_delegate_handles_only_what_it_accepts()
    {
        await using ApplicationHost application = await ApplicationHost.StartAsync(azker => azker
            .AddHandler(update => update.Update.Message?.Text == "yes", (Update update, ITelegramBotClient bot) => bot.SendMessage(update.Message!.Chat.Id, "accepted"))
            .AddHandler<EchoHandler>());

        Assert.Equal("accepted", await application.Ask("yes"));
        Assert.Equal("no", await application.Ask("no"));
    }

    [Fact]
    public void A_delegate_that_Azker_cannot_wait_for_is_refused()
    {
        IAzkerBuilder azker = new ServiceCollection().AddAzker(Settings.Of());

        Assert.Contains("Int32", Assert.Throws<ArgumentException>(() => azker.AddHandler((ReceivedUpdate update) => update.Id)).Message, StringComparison.Ordinal);
        Assert.Contains("async", Assert.Throws<ArgumentException>(() => azker.AddHandler(async void (ReceivedUpdate update) => await Task.Yield())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_menu_of_commands_follows_from_the_registered_commands_and_is_set_once()
    {
        await using ApplicationHost application = await ApplicationHost.StartAsync(azker => azker.AddSampleBot().AddCommand<TimeCommand>());
        Assert.Equal("noon", await application.Ask("/time"));
        ITelegramBotClient client = application.Services.GetRequiredService<ITelegramBotClient>();

        BotCommand[] menu = [];
        await Eventually.IsTrue(() => application.Bot.Statistics.Calls.Any(call => call.Method == "setmycommands"), "the menu is set");
        menu = await client.GetMyCommands(cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(["start", "help", "ping", "status", "time"], menu.Select(command => command.Command));
        Assert.Equal("says what time it is", menu[^1].Description);
    }

    [Fact]
    public async Task Without_commands_the_menu_is_left_alone()
    {
        await using ApplicationHost application = await ApplicationHost.StartAsync(azker => azker.AddHandler<EchoHandler>());
        await application.Ask("hello");

        Assert.DoesNotContain(application.Bot.Statistics.Calls, call => call.Method.EndsWith("mycommands", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_command_of_a_later_handler_is_not_taken_by_the_registered_commands()
    {
        await using ApplicationHost application = await ApplicationHost.StartAsync(azker => azker.AddCommand<TimeCommand>().AddHandler<EchoHandler>());

        Assert.Equal("/buy", await application.Ask("/buy"));
    }

    [Fact]
    public async Task A_handler_of_Telegram_Bot_runs_unchanged_and_what_it_throws_is_tried_again()
    {
        var errors = new List<Exception>();
        await using ApplicationHost application = await ApplicationHost.StartAsync(azker =>
        {
            azker.Services.AddSingleton(errors);
            azker.AddTelegramBotHandler<LibraryHandler>();
        });

        Assert.Equal("You said hello", await application.Ask("hello"));
        Assert.Equal("You said fail once", await application.Ask("fail once"));
        Assert.Equal("not now", Assert.Single(errors).Message);
    }

    private sealed class NeverHandler : IBotHandler
    {
        public NeverHandler(List<string> constructed)
        {
            lock (constructed)
            {
                constructed.Add(nameof(NeverHandler));
            }
        }

        public bool Accepts(ReceivedUpdate update) => false;

        public Task HandleAsync(ReceivedUpdate update, CancellationToken cancellationToken) => throw new InvalidOperationException();
    }

    private sealed class AlwaysHandler : IBotHandler
    {
        private readonly ITelegramBotClient _bot;

        public AlwaysHandler(List<string> constructed, ITelegramBotClient bot)
        {
            _bot = bot;
            lock (constructed)
            {
                constructed.Add(nameof(AlwaysHandler));
            }
        }

        public bool Accepts(ReceivedUpdate update) => true;

        public Task HandleAsync(ReceivedUpdate update, CancellationToken cancellationToken) =>
            _bot.SendMessage(update.Key.Id, "handled", cancellationToken: cancellationToken);
    }

    private sealed class UnreachedHandler : IBotHandler
    {
        public UnreachedHandler(List<string> constructed)
        {
            lock (constructed)
            {
                constructed.Add(nameof(UnreachedHandler));
            }
        }

        public bool Accepts(ReceivedUpdate update) => true;

        public Task HandleAsync(ReceivedUpdate update, CancellationToken cancellationToken) => throw new InvalidOperationException();
    }

    private sealed class CountingHandler(ITelegramBotClient bot) : IBotHandler
    {
        private int _count;

        public bool Accepts(ReceivedUpdate update) => true;

        public Task HandleAsync(ReceivedUpdate update, CancellationToken cancellationToken) =>
            bot.SendMessage(update.Key.Id, FormattableString.Invariant($"{++_count}"), cancellationToken: cancellationToken);
    }

    private interface IImpossible;

    private sealed class ImpossibleHandler(IImpossible impossible) : IBotHandler
    {
        public bool Accepts(ReceivedUpdate update) => impossible is not null;

        public Task HandleAsync(ReceivedUpdate update, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class TimeCommand : IBotCommand
    {
        public string Name => "time";

        public string Description => "says what time it is";

        public string Answer(Message message, string arguments) => "noon";
    }

    private sealed class LibraryHandler(List<Exception> errors) : IUpdateHandler
    {
        public async Task HandleUpdateAsync(ITelegramBotClient botClient, Update update, CancellationToken cancellationToken)
        {
            if (update is { Type: UpdateType.Message, Message.Text: { } text })
            {
                if (text == "fail once" && errors.Count == 0)
                {
                    throw new InvalidOperationException("not now");
                }

                await botClient.SendMessage(update.Message.Chat, $"You said {text}", cancellationToken: cancellationToken);
            }
        }

        public Task HandleErrorAsync(ITelegramBotClient botClient, Exception exception, HandleErrorSource source, CancellationToken cancellationToken)
        {
            errors.Add(exception);
            return Task.CompletedTask;
        }
    }
}
