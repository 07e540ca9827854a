using System.Text.Json.Nodes;

namespace Azker.BotApi.Messages;

/// <summary>Keeps the newest messages of all chats of one bot, so that the bot can reply to, edit and delete them.</summary>
internal sealed class ChatLog
{
    private const int Capacity = 20_000;

    private readonly Dictionary<(long Chat, int Message), JsonObject> _messages = [];
    private readonly Queue<(long Chat, int Message)> _order = [];
    private int _lastId;

    public int NextId() => ++_lastId;

    public void Add(JsonObject message)
    {
        (long, int) key = ((long)message["chat"]!["id"]!, (int)message["message_id"]!);
        _messages[key] = message;
        _order.Enqueue(key);
        if (_order.Count > Capacity)
        {
            _messages.Remove(_order.Dequeue());
        }
    }

    public JsonObject? Find(long chat, int message) => _messages.GetValueOrDefault((chat, message));

    public bool Remove(long chat, int message) => _messages.Remove((chat, message));
}
