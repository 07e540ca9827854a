using System.Reflection;
using Azker.Core.Configuration;
using Azker.Core.Configuration.Settings;

namespace Azker.Core.Tests.Configuration;

public sealed class SettingNamesTests
{
    [Fact]
    public void Every_name_is_the_name_of_exactly_one_setting() => Assert.Equal(
        typeof(SettingNames).GetFields().Select(field => (string)field.GetRawConstantValue()!).Order(),
        AzkerSettings.Names.Order());

    [Fact]
    public void Every_option_has_a_setting_except_the_orders_for_one_start()
    {
        IEnumerable<string> options = typeof(AzkerOptions).GetProperties()
            .Where(group => group.SetMethod is null)
            .SelectMany(group => group.PropertyType.GetProperties()
                .Where(option => option.SetMethod is { IsPublic: true })
                .Select(option => $"{group.Name}.{option.Name}"));

        Assert.Equal(options.Except(["Polling.TakeOver"]).Order(), SettingTable.All.Select(setting => setting.Property.ToString()).Order());
    }

    [Fact]
    public void Every_option_class_is_sealed_and_no_record() => Assert.All(
        typeof(AzkerOptions).GetProperties().Where(group => group.SetMethod is null).Select(group => group.PropertyType).Append(typeof(AzkerOptions)),
        type =>
        {
            Assert.True(type.IsSealed);
            Assert.Null(type.GetMethod("<Clone>$", BindingFlags.Instance | BindingFlags.Public));
        });
}
