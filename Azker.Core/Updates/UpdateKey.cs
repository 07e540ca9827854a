namespace Azker.Core.Updates;

/// <summary>
/// What orders updates: those with equal keys are handled one after the other, in the order in which they came, as the
/// Bot API server itself delivers them to a webhook (tdlib/telegram-bot-api, Client.cpp, add_update).
/// </summary>
/// <param name="Id">The id of the chat, user or poll; the update's own id where nothing orders it.</param>
/// <param name="Space">Which kind of id it is: two updates about the same user may belong to different queues.</param>
public readonly record struct UpdateKey(long Id, int Space);
