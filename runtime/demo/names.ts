/**
 * What are the demo's customers called, and where do they live? Invented combinations of common names; house numbers do not exist.
 * Also called: sample names, ダミーデータ, 氏名, 住所.
 */
import type { Random } from './random.ts';

type Named = { readonly name: string; readonly kana: string };

const words = (text: string): readonly Named[] =>
  text.split(' ').map((pair) => {
    const [name = '', kana = ''] = pair.split('/');
    return { name, kana };
  });

const families = words(
  '佐藤/サトウ 鈴木/スズキ 高橋/タカハシ 田中/タナカ 伊藤/イトウ 渡辺/ワタナベ 山本/ヤマモト 中村/ナカムラ 小林/コバヤシ 加藤/カトウ 吉田/ヨシダ 山田/ヤマダ 佐々木/ササキ 山口/ヤマグチ 松本/マツモト 井上/イノウエ 木村/キムラ 林/ハヤシ 斎藤/サイトウ 清水/シミズ 山崎/ヤマザキ 森/モリ 池田/イケダ 橋本/ハシモト 阿部/アベ 石川/イシカワ 前田/マエダ 藤田/フジタ 後藤/ゴトウ 岡田/オカダ 長谷川/ハセガワ 村上/ムラカミ 近藤/コンドウ 石井/イシイ 坂本/サカモト 遠藤/エンドウ 青木/アオキ 藤井/フジイ 西村/ニシムラ 福田/フクダ',
);
const givens = words(
  '陽菜/ヒナ 結衣/ユイ 葵/アオイ 美咲/ミサキ さくら/サクラ 陽子/ヨウコ 恵子/ケイコ 由美/ユミ 真理子/マリコ 千尋/チヒロ 香織/カオリ 直美/ナオミ 蓮/レン 大翔/ヒロト 悠真/ユウマ 翔太/ショウタ 健太/ケンタ 大輔/ダイスケ 拓也/タクヤ 直樹/ナオキ 誠/マコト 浩/ヒロシ 隆/タカシ 修/オサム 一郎/イチロウ 和子/カズコ 幸子/サチコ 真由美/マユミ 陸/リク 湊/ミナト',
);
const firms = words(
  'あおぞら/アオゾラ みどり/ミドリ さくら/サクラ ひかり/ヒカリ 東雲/シノノメ 北斗/ホクト 三葉/ミツバ 大和/ヤマト 白鷺/シラサギ 若葉/ワカバ 千歳/チトセ 常盤/トキワ 青葉/アオバ 朝日/アサヒ 扇/オウギ 銀河/ギンガ 瑞穂/ミズホ 桐/キリ 楓/カエデ 海野/ウンノ',
);
const trades = words(
  '商事/ショウジ 工務店/コウムテン 運輸/ウンユ 製作所/セイサクショ 食品/ショクヒン 印刷/インサツ 電機/デンキ 不動産/フドウサン 設計/セッケイ 薬局/ヤッキョク',
);
const towns = [
  '札幌市北区北新町',
  '仙台市青葉区若竹町',
  'さいたま市浦和区東緑町',
  '千葉市中央区南浜町',
  '東京都文京区西千川',
  '東京都世田谷区桜坂町',
  '東京都墨田区東橋町',
  '横浜市港北区新緑丘',
  '川崎市高津区上溝町',
  '新潟市中央区柳浜町',
  '静岡市葵区本通町',
  '名古屋市千種区東が丘',
  '京都市左京区下杉町',
  '大阪市北区新梅町',
  '大阪市天王寺区東寺町',
  '神戸市灘区高台町',
  '岡山市北区中島町',
  '広島市西区三篠浜',
  '高松市南松町',
  '福岡市中央区西薬町',
  '熊本市東区健町',
  '鹿児島市北荒町',
];

export function personName(random: Random): Named {
  const family = random.pick(families);
  const given = random.pick(givens);
  return { name: `${family.name} ${given.name}`, kana: `${family.kana} ${given.kana}` };
}

export function firmName(random: Random): Named {
  const firm = random.pick(firms);
  const trade = random.pick(trades);
  return { name: `${firm.name}${trade.name}株式会社`, kana: `${firm.kana}${trade.kana}カブシキガイシャ` };
}

export function address(random: Random): string {
  return `${random.pick(towns)}${random.between(90, 99)}-${random.between(1, 40)}`;
}
