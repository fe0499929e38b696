//! Words as people type them, made alike for looking things up.
//!
//! What is stored never changes: only the two sides of a comparison are folded. Folded are
//! full and half width, the brackets of document numbers, quotation marks (which are left
//! out), dashes, capitals, the blanks that Chinese does not need, and those traditional
//! characters that the words of this field are written with.

use std::ops::Range;
use std::sync::LazyLock;

/// Traditional characters, each with its simplified one behind it, in the order of the first.
const TRADITIONAL: &str = "\
    並并佈布佔占併并來来侷局係系個个們们偽伪傑杰備备傢家傳传債债傷伤傾倾價价儀仪儘尽優优儲储兒儿內内兩两冊册別别則则創创劃划劑剂動动務务勝胜勞劳勢势勵励匯汇區区協协\
    卹恤厲厉參参員员唸念問问啟启喪丧單单噹当嚮向嚴严囌苏國国圍围園园圖图團团執执堅坚報报場场塊块壇坛壓压夠够夢梦奧奥婦妇嬰婴學学實实寧宁審审寬宽將将專专對对導导層层\
    屬属島岛崗岗師师帶带幫帮幹干庫库廈厦廢废廣广廳厅強强彆别彙汇彥彦徑径從从復复徹彻愛爱態态慣惯慮虑慶庆憑凭憶忆應应懲惩戰战戲戏戶户捨舍掃扫採采換换揮挥撐撑撥拨撫抚\
    擁拥擇择擊击擔担據据擬拟擴扩數数斷断昇升時时暢畅暫暂曆历書书會会朮术東东桿杆條条業业極极榦干榮荣構构樓楼標标樣样樹树機机橫横檔档檢检檯台欄栏權权歲岁歷历殘残殯殡\
    氾泛汎泛決决沖冲況况淨净減减測测準准溝沟溫温滬沪滿满漲涨潔洁潛潜濛蒙濟济濱滨災灾為为無无煉炼熱热營营爭争爾尔牽牵犧牺狀状獎奖獨独獲获獻献現现環环產产甦苏畢毕畫画\
    異异當当痠酸療疗癥症發发盃杯盡尽監监眾众睏困矇蒙確确礎础礙碍稅税種种稱称穀谷積积穎颖穩稳穫获競竞箇个節节範范築筑篩筛簡简簽签籌筹籤签糰团紀纪約约納纳紙纸級级紮扎\
    細细紹绍終终組组結结絕绝絡络給给統统經经綜综綠绿維维網网緊紧線线緣缘編编練练緻致縣县縮缩縱纵總总績绩織织繞绕繫系繳缴繼继續续纔才罈坛義义習习聞闻聯联聲声職职聽听\
    肅肃脩修腫肿臨临臺台與与興兴舉举舊旧莊庄華华萬万葉叶蓆席蓋盖藝艺藥药蘇苏蘭兰處处虛虚號号術术衛卫衝冲補补裝装製制複复見见規规視视覽览觀观訂订計计訊讯訓训託托記记\
    訪访設设訴诉診诊註注証证詐诈評评詢询試试話话誌志認认語语誠诚課课調调請请論论諧谐諮咨謀谋講讲證证識识譯译議议護护讀读變变讓让豐丰負负財财貢贡貧贫貫贯責责貴贵買买\
    貸贷費费貼贴賃赁資资賞赏質质購购賽赛趨趋踐践踴踊蹤踪躍跃車车軌轨軍军軸轴較较載载輔辅輕轻輸输輻辐轄辖轉转辦办農农連连週周進进遊游運运過过達达違违遠远適适選选遺遗\
    遼辽邁迈還还邊边鄉乡鄧邓醫医針针釦扣銀银銜衔銷销鋼钢錄录錶表鍊炼鍛锻鍵键鎮镇鏈链鐵铁鑑鉴鑒鉴長长門门開开閑闲閒闲間间閤合閱阅闆板關关陝陕陞升陳陈陽阳隊队階阶際际\
    隨随險险隱隐隸隶隻只雙双雜杂離离難难雲云電电靈灵鞏巩鞦秋韆千響响頁页項项順顺預预領领頭头頻频題题額额願愿類类顯显風风颱台飲饮養养餘余館馆馬马駐驻騙骗驗验體体髮发\
    麗丽麵面點点黨党鼕冬齊齐齡龄齣出龍龙";

/// A text as it is compared.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    each(text, |_, c| folded.push(c));
    folded
}

/// Folds a text into memory that is there already, in place of what stood in it.
pub fn fold_into(text: &str, folded: &mut String) {
    folded.clear();
    if !text.is_ascii() {
        return each(text, |_, c| folded.push(c));
    }
    // English, as `each` has it, with less to ask of every character.
    let mut blank = false;
    let mut before = false;
    for byte in text.bytes() {
        let c = match byte {
            b'\t'..=b'\r' | b' ' => {
                blank = true;
                continue;
            }
            b'"' | b'\'' => continue,
            b'[' | b'{' => '(',
            b']' | b'}' => ')',
            byte => char::from(byte.to_ascii_lowercase()),
        };
        let letter = c.is_ascii_alphanumeric();
        if blank && before && letter {
            folded.push(' ');
        }
        (blank, before) = (false, letter);
        folded.push(c);
    }
}

/// A word to look for in many texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    folded: String,
    is_chinese: bool,
    /// Its characters, which must stand in a text as they are written there.
    spelled: Vec<Spelled>,
}

/// A character as texts may have it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Spelled {
    /// A small letter: as it is, as a capital, or wide.
    Letter(u8),
    /// Every character that is folded to it.
    Any(Vec<String>),
}

impl Spelled {
    fn new(folded: char) -> Self {
        match u8::try_from(folded) {
            Ok(letter) if letter.is_ascii_lowercase() => Self::Letter(letter),
            _ => Self::Any(spellings(folded)),
        }
    }

    /// Whether it may stand in a text; `false` is certain.
    fn may_stand_in(&self, text: &str) -> bool {
        match self {
            // Looking at every byte is quicker than asking at each whether to go on.
            Self::Letter(letter) => {
                text.bytes().fold(false, |any, byte| any | (byte | 0x20 == *letter))
                    || may_be_wide(text)
            }
            Self::Any(spelled) => spelled.iter().any(|c| text.contains(c.as_str())),
        }
    }
}

/// Whether a text may hold wide letters, from `Ａ`, EF BC A1, to `ｚ`, EF BD 9A.
fn may_be_wide(text: &str) -> bool {
    let bytes = text.as_bytes();
    let next = bytes.iter().skip(1).zip(bytes.iter().skip(2));
    let wide = bytes.iter().zip(next).map(|(first, (second, third))| {
        (*first == 0xef) & ((*second == 0xbd) | ((*second == 0xbc) & (*third >= 0xa1)))
    });
    wide.fold(false, |any, one| any | one)
}

impl Word {
    /// How many characters are looked for before a text is folded.
    const MOST: usize = 8;

    /// A word; `None` where nothing is left of it.
    pub fn new(word: &str) -> Option<Self> {
        let folded = fold(word);
        // A blank may have been any number of blanks, and other characters tell more.
        let mut all: Vec<char> = folded.chars().filter(|c| *c != ' ').collect();
        // Chinese characters tell more than letters, and of these the rare ones.
        let common = |c: char| "qjzxkvwbygfpmucdlhsronitae".find(c);
        all.sort_unstable_by_key(|c| (c.is_ascii(), common(*c), *c));
        all.dedup();
        all.truncate(Self::MOST);
        let spelled = all.into_iter().map(Spelled::new).collect();
        let is_chinese = folded.chars().all(|c| HAN.0 <= c as u32 && c as u32 <= HAN.1);
        (!folded.is_empty()).then_some(Self { folded, is_chinese, spelled })
    }

    /// The word as it is compared.
    pub fn folded(&self) -> &str {
        &self.folded
    }

    /// Whether it can stand in a text at all: `false` is certain, and quicker than folding.
    pub fn may_stand_in(&self, text: &str) -> bool {
        self.spelled.iter().all(|spelled| spelled.may_stand_in(text))
    }

    /// Whether it stands in a text as it is, in Chinese characters that folding leaves alone:
    /// `true` is certain, and quicker than folding.
    pub fn surely_stands_in(&self, text: &str) -> bool {
        self.is_chinese && text.contains(&self.folded)
    }

    /// Whether it stands in a text; `folded` is memory to fold it in.
    pub fn stands_in(&self, text: &str, folded: &mut String) -> bool {
        self.may_stand_in(text) && {
            fold_into(text, folded);
            folded.contains(&self.folded)
        }
    }
}

/// Where characters stand, besides traditional ones, that are folded to another or left out.
const FOLDED: [std::ops::RangeInclusive<char>; 4] = [
    '\u{20}'..='\u{7e}',
    '\u{2010}'..='\u{2212}',
    '\u{3008}'..='\u{3015}',
    '\u{ff01}'..='\u{ff5e}',
];

/// Every character that is folded to another, behind that one, in order.
static SPELLINGS: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
    let traditional = TRADITIONAL.chars().step_by(2);
    let all = FOLDED.into_iter().flatten().chain(traditional);
    let mut all: Vec<(char, char)> = all.filter_map(|c| Some((one(c)?, c))).collect();
    all.retain(|(folded, c)| folded != c);
    all.sort_unstable();
    all
});

/// Every character that is folded to one, the one itself first.
fn spellings(folded: char) -> Vec<String> {
    let from = SPELLINGS.partition_point(|(to, _)| *to < folded);
    let others = SPELLINGS.iter().skip(from).take_while(|(to, _)| *to == folded);
    std::iter::once(folded).chain(others.map(|(_, c)| *c)).map(String::from).collect()
}

/// Where a folded word stands in a text, in bytes of the text; the first place only.
pub fn find(text: &str, folded: &str) -> Option<Range<usize>> {
    let mut all = String::with_capacity(text.len());
    let mut places: Vec<(usize, Range<usize>)> = Vec::new();
    each(text, |place, c| {
        places.push((all.len(), place));
        all.push(c);
    });
    let from = all.find(folded)?;
    let to = from + folded.len();
    let mut inside = places.iter().filter(|(at, _)| (from..to).contains(at)).map(|(_, p)| p);
    let first = inside.next()?;
    let last = inside.next_back().unwrap_or(first);
    Some(first.start..last.end)
}

/// Visits the characters of a folded text, each with the bytes that it stands for.
fn each(text: &str, mut visit: impl FnMut(Range<usize>, char)) {
    let mut before = None;
    let mut blank: Option<Range<usize>> = None;
    for (at, c) in text.char_indices() {
        let place = at..at + c.len_utf8();
        if c.is_whitespace() {
            blank.get_or_insert(place);
            continue;
        }
        let Some(c) = one(c) else { continue };
        // A blank tells words apart in English; Chinese and signs do without.
        if let Some(place) = blank.take()
            && before.is_some_and(is_letter)
            && is_letter(c)
        {
            visit(place, ' ');
        }
        visit(place, c);
        before = Some(c);
    }
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() && c < '\u{2e80}'
}

/// What a character is compared as; `None` for one that is left out.
fn one(c: char) -> Option<char> {
    let half = match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    };
    Some(match half {
        '《' | '》' | '〈' | '〉' | '「' | '」' | '『' | '』' | '“' | '”' | '‘' | '’' | '"'
        | '\'' => {
            return None;
        }
        '〔' | '[' | '【' | '{' => '(',
        '〕' | ']' | '】' | '}' => ')',
        '–' | '—' | '‐' | '‑' | '−' => '-',
        '\u{4e00}'..='\u{9fff}' => simplified(half),
        _ => half.to_ascii_lowercase(),
    })
}

/// The first and the last character that may be a traditional one.
const HAN: (u32, u32) = (0x4e00, 0x9fff);

/// What each character from the first to the last is written as: looking for a word asks
/// this of every character of a registry.
static SIMPLIFIED: LazyLock<Vec<char>> = LazyLock::new(|| {
    let mut all: Vec<char> = (HAN.0..=HAN.1).filter_map(char::from_u32).collect();
    let mut rest = TRADITIONAL.chars();
    while let (Some(from), Some(to)) = (rest.next(), rest.next()) {
        if let Some(at) = (from as u32).checked_sub(HAN.0).and_then(|at| all.get_mut(at as usize)) {
            *at = to;
        }
    }
    all
});

fn simplified(c: char) -> char {
    let at = (c as u32).checked_sub(HAN.0);
    at.and_then(|at| SIMPLIFIED.get(at as usize)).copied().unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_people_type_alike_is_alike() {
        for (a, b) in [
            ("财社〔2022〕49号", "財社[2022]49號"),
            ("财社（２０２２）49号", "财社 【2022】 49 号"),
            ("《国家基本公共服务标准（2023年版）》", "國家基本公共服務標準(2023年版)"),
            ("School  Meals", "school meals"),
            ("2023 年版", "２０２３年版"),
        ] {
            assert_eq!(fold(a), fold(b));
        }
        assert_ne!(fold("he art"), fold("heart"));
    }

    #[test]
    fn the_table_is_in_order_and_simplified_characters_stay() {
        let all: Vec<char> = TRADITIONAL.chars().collect();
        assert!(all.iter().all(|c| c.len_utf8() == 3));
        let pairs: Vec<_> = all.chunks(2).map(|pair| (pair[0], pair[1])).collect();
        assert!(pairs.windows(2).all(|w| w[0].0 < w[1].0));
        for (from, to) in pairs {
            assert_eq!((simplified(from), simplified(to)), (to, to), "{from}");
        }
    }

    #[test]
    fn a_hit_is_told_in_bytes_of_the_text() {
        let text = "普通高中國家助學金（2025年）";
        assert_eq!(find(text, &fold("助学金(2025")).map(|at| &text[at]), Some("助學金（2025"));
        assert_eq!(find(text, &fold("奖学金")), None);
    }

    #[test]
    fn every_spelling_of_a_character_is_known() {
        for c in (0..=0x10_ffff).filter_map(char::from_u32).filter(|c| !c.is_whitespace()) {
            if let Some(folded) = one(c) {
                assert!(spellings(folded).contains(&c.to_string()), "{c} {:x}", c as u32);
            }
        }
        for c in ('Ａ'..='Ｚ').chain('ａ'..='ｚ') {
            assert!(may_be_wide(&format!("ab，（{c}")));
        }
        assert!(!may_be_wide("（2023年版），：；！？％。abc"));
        assert_eq!(spellings('('), ["(", "[", "{", "【", "〔", "（", "［", "｛"]);
        assert_eq!(spellings('学'), ["学", "學"]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { max_shrink_iters: 1000, ..ProptestConfig::default() })]
        #[test]
        fn folding_twice_is_folding_once(text in "[ a-zA-Z0-9（）〔〕《》國学　-]{0,20}") {
            prop_assert_eq!(fold(&fold(&text)), fold(&text));
        }

        #[test]
        fn english_is_folded_as_all_is(text in "[\\x00-\\x7f]{0,24}|[ aA1'\\[}\t-]{0,24}") {
            let mut folded = "before".to_owned();
            fold_into(&text, &mut folded);
            prop_assert_eq!(folded, fold(&text));
        }

        #[test]
        fn a_word_stands_where_it_stands_when_all_is_folded(
            word in "[ aA0（〔国學　“-]{1,3}", text in "[ aA0Ａ０ａ（〔［《国國學学　“–-]{0,16}|[ aA0(-]{0,8}",
        ) {
            let asked = Word::new(&word);
            prop_assert_eq!(asked.is_none(), fold(&word).is_empty());
            if let Some(asked) = asked {
                let stands = fold(&text).contains(&fold(&word));
                prop_assert_eq!(asked.stands_in(&text, &mut String::new()), stands);
                prop_assert!(stands || !asked.surely_stands_in(&text));
            }
        }

        #[test]
        fn a_part_is_found_where_it_stands(
            before in "[学校供餐a-c ]{0,6}", part in "[國務院A-C0-9（]{1,6}", after in "[学校供餐a-c ]{0,6}",
        ) {
            let text = format!("{before}{part}{after}");
            let at = find(&text, &fold(&part));
            prop_assert!(at.is_some());
            prop_assert_eq!(at.map(|at| fold(&text[at])), Some(fold(&part)));
        }
    }
}
