namespace Azker.Core.Handling;

/// <summary>
/// Says that a handler takes long. Azker stores its updates, confirms them to Telegram at once, and handles them afterwards. They
/// count against <c>MAX_BACKGROUND_UPDATES</c>, and not against <c>MAX_CONCURRENT_UPDATES</c>.
/// </summary>
/// <remarks>
/// It stands on the class of an <see cref="IBotHandler"/>, or on the method or lambda of a delegate. A handler of which only some updates
/// take long implements <see cref="IBotHandler.IsBackground"/> instead.
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class BackgroundAttribute : Attribute;
