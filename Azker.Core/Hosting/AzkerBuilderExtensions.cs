using Azker.Core.Handling;
using Azker.Core.Handling.Commands;
using Azker.Core.Handling.Errors;
using Azker.Core.Hosting;
using Azker.Core.Updates;
using Telegram.Bot;
using Telegram.Bot.Polling;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers handlers and commands of a bot, and the classes of their errors.</summary>
public static class AzkerBuilderExtensions
{
    /// <summary>Adds a handler after the handlers already added; the first handler that accepts an update handles the update.</summary>
    /// <typeparam name="THandler">
    /// The handler. The container constructs it for each update that it handles, in the update's scope, unless it is registered with
    /// another lifetime. The handler of a named bot gets the services under the bot's name first, the <c>ITelegramBotClient</c> among them.
    /// </typeparam>
    /// <param name="azker">The bot.</param>
    /// <returns><paramref name="azker"/>.</returns>
    public static IAzkerBuilder AddHandler<THandler>(this IAzkerBuilder azker)
        where THandler : class, IBotHandler =>
        azker.AddHandler<THandler>(_ => { });

    /// <summary>Adds a handler with options, such as <c>azker.AddHandler&lt;CancelHandler&gt;(handler =&gt; handler.OutOfOrder())</c>.</summary>
    /// <typeparam name="THandler">The handler, as for <see cref="AddHandler{THandler}(IAzkerBuilder)"/>.</typeparam>
    /// <param name="azker">The bot.</param>
    /// <param name="configure">Sets the options of the handler.</param>
    /// <returns><paramref name="azker"/>.</returns>
    public static IAzkerBuilder AddHandler<THandler>(this IAzkerBuilder azker, Action<HandlerOptions> configure)
        where THandler : class, IBotHandler
    {
        ArgumentNullException.ThrowIfNull(configure);
        azker.TryAddScoped<THandler>();
        bool isBackground = typeof(THandler).IsDefined(typeof(BackgroundAttribute), inherit: true);
        return azker.Add(services => azker.Get<THandler>(services), configure, isBackground);
    }

    /// <summary>Adds a delegate that handles every update which no earlier handler accepts.</summary>
    /// <param name="azker">The bot.</param>
    /// <param name="handler">
    /// The delegate. A parameter of type <see cref="ReceivedUpdate"/>, <see cref="Telegram.Bot.Types.Update"/> or
    /// <see cref="CancellationToken"/> gets the update, its typed form, or the token that is cancelled when the handler's time is over; any
    /// other parameter is a service. It returns a task, or nothing.
    /// </param>
    /// <returns><paramref name="azker"/>.</returns>
    /// <exception cref="ArgumentException">The delegate returns a value that is not a task.</exception>
    public static IAzkerBuilder AddHandler(this IAzkerBuilder azker, Delegate handler) => azker.AddHandler(_ => true, handler);

    /// <summary>Adds a delegate that handles the updates which it accepts.</summary>
    /// <param name="azker">The bot.</param>
    /// <param name="accepts">Says, quickly and without side effects, whether the delegate handles an update.</param>
    /// <param name="handler">The delegate, as for <see cref="AddHandler(IAzkerBuilder, Delegate)"/>.</param>
    /// <returns><paramref name="azker"/>.</returns>
    /// <exception cref="ArgumentException">The delegate returns a value that is not a task.</exception>
    public static IAzkerBuilder AddHandler(this IAzkerBuilder azker, Func<ReceivedUpdate, bool> accepts, Delegate handler) =>
        azker.AddHandler(accepts, handler, _ => { });

    /// <summary>Adds a delegate with options that handles the updates which it accepts.</summary>
    /// <param name="azker">The bot.</param>
    /// <param name="accepts">Says, quickly and without side effects, whether the delegate handles an update.</param>
    /// <param name="handler">The delegate, as for <see cref="AddHandler(IAzkerBuilder, Delegate)"/>.</param>
    /// <param name="configure">Sets the options of the handler.</param>
    /// <returns><paramref name="azker"/>.</returns>
    /// <exception cref="ArgumentException">The delegate returns a value that is not a task.</exception>
    public static IAzkerBuilder AddHandler(
        this IAzkerBuilder azker, Func<ReceivedUpdate, bool> accepts, Delegate handler, Action<HandlerOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(accepts);
        ArgumentNullException.ThrowIfNull(handler);
        ArgumentNullException.ThrowIfNull(configure);
        DelegateHandler.Check(handler);
        bool isBackground = handler.Method.IsDefined(typeof(BackgroundAttribute), inherit: false);
        return azker.Add(services => new DelegateHandler(accepts, handler, azker.View(services)), configure, isBackground);
    }

    /// <summary>
    /// Adds a command that the bot answers with a text. Azker tells Telegram the names and descriptions of all commands (setMyCommands).
    /// The commands have the place among the handlers at which the first command was added.
    /// </summary>
    /// <typeparam name="TCommand">The command.</typeparam>
    /// <param name="azker">The bot.</param>
    /// <returns><paramref name="azker"/>.</returns>
    public static IAzkerBuilder AddCommand<TCommand>(this IAzkerBuilder azker)
        where TCommand : class, IBotCommand
    {
        bool isFirst = !azker.Services.Any(service => service.ServiceType == typeof(CommandHandler) && Equals(service.ServiceKey ?? "", azker.Name));
        azker.TryAddEnumerable<IBotCommand, TCommand>();
        return isFirst ? azker.AddHandler<CommandHandler>() : azker;
    }

    /// <summary>
    /// Adds a handler that was written for Telegram.Bot's own polling, unchanged. It gets every update that no earlier handler accepts.
    /// When it throws, Azker calls its <see cref="IUpdateHandler.HandleErrorAsync"/> and tries the update again.
    /// </summary>
    /// <typeparam name="THandler">The handler. The container constructs it for each update, in the update's scope.</typeparam>
    /// <param name="azker">The bot.</param>
    /// <returns><paramref name="azker"/>.</returns>
    public static IAzkerBuilder AddTelegramBotHandler<THandler>(this IAzkerBuilder azker)
        where THandler : class, IUpdateHandler
    {
        azker.TryAddScoped<THandler>();
        bool isBackground = typeof(THandler).IsDefined(typeof(BackgroundAttribute), inherit: true);
        return azker.Add(services => new TelegramBotHandler(azker.Get<THandler>(services), azker.Get<ITelegramBotClient>(services)), _ => { }, isBackground);
    }

    /// <summary>
    /// Adds a rule that classifies exceptions of the bot's handlers, after the rules already added. The class decides on the next attempt
    /// of the update. The first rule that knows an exception decides; the rules of Azker come last.
    /// </summary>
    /// <param name="azker">The bot.</param>
    /// <param name="classify">
    /// Gives the class of an exception, or <see langword="null"/> if the rule does not know it. It gets the exception as the handler threw
    /// it, and looks into <see cref="Exception.InnerException"/> by itself. A rule that throws is logged, and does not know the exception.
    /// </param>
    /// <returns><paramref name="azker"/>.</returns>
    /// <example>
    /// <code>
    /// azker.ClassifyErrors(error => error is BrokenCircuitException ? ErrorClass.Outage : null);
    /// </code>
    /// </example>
    public static IAzkerBuilder ClassifyErrors(this IAzkerBuilder azker, Func<Exception, ErrorClass?> classify)
    {
        ArgumentNullException.ThrowIfNull(classify);
        azker.Services.AddKeyedSingleton(azker.Name, new ErrorRule(classify));
        return azker;
    }

    private static IAzkerBuilder Add(
        this IAzkerBuilder azker, Func<IServiceProvider, IBotHandler> resolve, Action<HandlerOptions> configure, bool isBackground)
    {
        var options = new HandlerOptions();
        configure(options);
        azker.Services.AddKeyedSingleton(azker.Name, new HandlerRegistration(resolve)
        {
            IsOutOfOrder = options.IsOutOfOrder,
            IsBackground = options.IsBackground || isBackground,
        });
        return azker;
    }
}
