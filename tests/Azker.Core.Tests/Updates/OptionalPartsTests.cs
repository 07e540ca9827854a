using Azker.Core.Updates;
using Telegram.Bot.Types;

namespace Azker.Core.Tests.Updates;

/// <summary>The required properties are recognized by how the client library marks them, so a new version of it may break this.</summary>
public class OptionalPartsTests
{
    [Theory]
    [InlineData(typeof(Message), "chat", "date", "message_id")]
    [InlineData(typeof(Chat), "id", "type")]
    [InlineData(typeof(CallbackQuery), "chat_instance", "from", "id")]
    [InlineData(typeof(InlineQuery), "from", "id", "offset", "query")]
    [InlineData(typeof(MessageReactionUpdated), "chat", "date", "message_id", "new_reaction", "old_reaction")]
    [InlineData(typeof(MessageEntity), "length", "offset", "type")]
    public void The_required_properties_of_a_type_are_those_of_the_Bot_API(Type type, params string[] required) =>
        Assert.Equal(required, OptionalParts.RequiredOf(type).Order());
}
